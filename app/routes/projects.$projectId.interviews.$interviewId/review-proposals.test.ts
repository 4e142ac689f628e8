import { describe, expect, it } from 'vitest'
import { acceptCurrent, beginReview, componentsOfCurrent, current, skipCurrent } from './review-proposals.ts'

const context = { title: 'Shop: requirements', type: 'context', content: 'a', sources: [], criteria: [] }
const build = { title: 'Shop: build', type: 'feature', content: 'b', sources: [], criteria: [] }

describe('a review of proposals (R5)', () => {
  it('goes one by one to its end', () => {
    const review = beginReview([context, build])
    expect(current(review)).toBe(context)
    expect(current(skipCurrent(review))).toBe(build)
    expect(current(skipCurrent(skipCurrent(review)))).toBeUndefined()
  })
  it('composes what is built with the context accepted before it', () => {
    expect(componentsOfCurrent(acceptCurrent(beginReview([context, build]), 'p1'))).toEqual(['p1'])
  })
  it('a context that was skipped is no component', () => {
    expect(componentsOfCurrent(skipCurrent(beginReview([context, build])))).toEqual([])
  })
  it('a context is composed of nothing', () => {
    expect(componentsOfCurrent(beginReview([context, build]))).toEqual([])
  })
})
