import * as Y from 'yjs'
import { z } from 'zod'
import { type Collection, type Field, isNoted } from './collection.ts'
import { isRecord } from './storable.ts'

const STAMPS: Readonly<Record<string, z.ZodType>> = { createdAt: z.number(), updatedAt: z.number(), createdBy: z.string() }

/**
 * What is wrong with a value that somebody writes into a field of a document, in the words of the field's schema; null: nothing. What a newer version
 * may mean passes: a field nobody here declares, a word its enum does not have, items of a list and members of an object. So does what stands for
 * "nothing here". For its kind and its length a value answers to this version.
 */
export function breachOf(collection: Collection, name: string, value: unknown): string | null {
  const field = collection.fields.find((one) => one.name === name)
  const type = field ? (collection.schema.shape[name] as z.ZodType) : STAMPS[name]
  if (!type || value === undefined || value === null || (field && isLeftOpen(field, value))) return null
  const parsed = type.safeParse(isPlain(value) ? value : NOT_PLAIN)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'That value cannot be read.')
}

function isLeftOpen(field: Field, value: unknown): boolean {
  if (isNoted(field.kind)) return true
  if (field.kind === 'text') return value instanceof Y.Text
  if (field.kind === 'string') return field.words !== undefined && typeof value === 'string'
  if (field.kind !== 'json') return false
  return isPlain(value) && (field.shape?.isList ? Array.isArray(value) : isRecord(value))
}

/** What no schema takes. */
const NOT_PLAIN = Symbol('a shared type or bytes')
const isPlain = (value: unknown): boolean => !(value instanceof Y.AbstractType || value instanceof Uint8Array)
