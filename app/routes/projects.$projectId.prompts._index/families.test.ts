import { describe, expect, it } from 'vitest'
import { familiesOf, filterFamilies, NO_FILTER, typesOf } from './families.ts'

const version = (id: string, fields: object = {}) => ({
  id,
  familyId: 'a',
  parentId: null as string | null,
  version: 1,
  title: 'Checkout',
  content: 'Pay by card',
  type: 'feature',
  isReusable: false,
  label: 'draft' as 'draft' | 'approved',
  createdAt: 1,
  ...fields,
})

describe('familiesOf (R3)', () => {
  it('one line a chain, by its newest version', () => {
    const [family] = familiesOf([version('a'), version('a2', { parentId: 'a', version: 2, createdAt: 2 })])
    expect(family).toMatchObject({ newest: { id: 'a2' }, branches: [], versions: 2 })
  })
  it('two children of one version are both visible', () => {
    const all = [version('a'), version('b2', { parentId: 'a', createdAt: 2 }), version('c2', { parentId: 'a', createdAt: 3 })]
    const [family, ...others] = familiesOf(all)
    expect(others).toEqual([])
    expect(family?.newest.id).toBe('c2')
    expect(family?.branches.map(({ id }) => id)).toEqual(['b2'])
  })
})

describe('filterFamilies (R1)', () => {
  const families = familiesOf([
    version('a'),
    version('b', { familyId: 'b', title: 'Style', content: 'Small files', type: 'context', isReusable: true, label: 'approved' }),
  ])
  const ids = (filter: object) => filterFamilies(families, { ...NO_FILTER, ...filter }).map(({ newest }) => newest.id)
  it('by text, type, label and reusable', () => {
    expect(ids({}).sort()).toEqual(['a', 'b'])
    expect(ids({ text: 'CARD pay' })).toEqual(['a'])
    expect(ids({ type: 'context' })).toEqual(['b'])
    expect(ids({ label: 'approved' })).toEqual(['b'])
    expect(ids({ reusable: true, text: 'card' })).toEqual([])
  })
  it('5,000 prompts in well under a frame of patience', () => {
    const many = familiesOf(
      Array.from({ length: 5000 }, (_, at) => version(`p${at}`, { familyId: `p${at}`, content: `text ${at} `.repeat(50) })),
    )
    expect(filterFamilies(many, { ...NO_FILTER, text: 'text 4999' })).toHaveLength(1)
  })
  it('lists the types in use once', () => {
    expect(typesOf([version('a'), version('b'), version('c', { type: 'context' })])).toEqual(['context', 'feature'])
  })
})
