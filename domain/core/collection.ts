import * as Y from 'yjs'
import type { z } from 'zod'
import { readHistory } from './history.ts'
import { readLost } from './lost-values.ts'
import type { RoomKind } from './rooms.ts'
import { MOST_INDEXED, storable, storableJson, storableNumber } from './storable.ts'

/**
 * How a field is kept: long text is a Y.Text in the document, `lost` and `history` are read from what is noted in the row when fields are set
 * and never written, everything else is a plain value in the row's Y.Map.
 */
export type FieldKind = 'string' | 'number' | 'boolean' | 'json' | 'text' | 'lost' | 'history'

export type Field = {
  name: string
  kind: FieldKind
  /** The legal words of an enum field, else undefined. */
  words: readonly string[] | undefined
  nullable: boolean
  /** Longer than an index can hold it is nothing usable. */
  isIndexed: boolean
  /** What a reader sees when the document has nothing, or something of the wrong kind. */
  fallback: unknown
  /** For a json field: is this value, or for a list this item, of the declared shape? */
  shape: { fits: (value: unknown) => boolean; isList: boolean } | undefined
}

/** Every synced row carries these beside its own fields. Times are milliseconds since 1970 in UTC. */
export type Stamps = { id: string; createdAt: number; updatedAt: number; createdBy: string }

export type Collection<S extends z.ZodRawShape = z.ZodRawShape> = {
  name: string
  room: RoomKind
  /** Rows of it stand in a person's own room too. */
  isPersonal: boolean
  schema: z.ZodObject<S>
  fields: readonly Field[]
  indexes: readonly (readonly string[])[]
  /** The fields whose values are kept where two people set them at once. */
  contested: readonly string[]
  /** The fields whose changes are kept, with who made them. */
  remembered: readonly string[]
}

/** A row as tables and commands see it: the stamps and every declared field. */
export type RowOf<C> = C extends Collection<infer S> ? Stamps & z.output<z.ZodObject<S>> : never
/** What a command gives to create a row: fields with a default may be left out. */
export type NewRowOf<C> = C extends Collection<infer S> ? z.input<z.ZodObject<S>> & { id?: string } : never
/** Some fields of a row; undefined means: leave it. */
export type PatchOf<C> =
  C extends Collection<infer S> ? { [F in keyof z.input<z.ZodObject<S>>]?: z.input<z.ZodObject<S>>[F] | undefined } : never

/**
 * Declares an entity once. The zod schema yields the TypeScript type, the document guard, the table, and the words of
 * form and API errors. `longText` names the fields that people type in together (Y.Text), `contested` those where of two
 * values set at once the one that does not stand is kept: they are read in the schema's field `lost` (`lostValues`). The changes of the fields
 * that `remembered` names are read in its field `history` (`pastChanges`).
 */
export function defineCollection<S extends z.ZodRawShape>(declared: {
  name: string
  room: RoomKind
  isPersonal?: true
  schema: z.ZodObject<S>
  longText?: readonly (keyof S & string)[]
  contested?: readonly (keyof S & string)[]
  remembered?: readonly (keyof S & string)[]
  indexes?: readonly (readonly (keyof S & string)[])[]
}): Collection<S> {
  const { name, room, isPersonal = false, schema, longText = [], contested = [], remembered = [], indexes = [] } = declared
  const isLongText = (field: string): boolean => (longText as readonly string[]).includes(field)
  const noted = (field: string): 'lost' | 'history' | null =>
    field === 'lost' && contested.length > 0 ? 'lost' : field === 'history' && remembered.length > 0 ? 'history' : null
  const fields = Object.entries(schema.shape).map(([field, type]) => {
    const special = isLongText(field) ? 'text' : noted(field)
    return describeField(field, type as z.ZodType, special, indexes.flat().includes(field))
  })
  return { name, room, isPersonal, schema, fields, indexes, contested, remembered }
}

type Inspectable = {
  def: { type: string; innerType?: Inspectable; element?: Inspectable; entries?: Record<string, string>; defaultValue?: unknown }
}

function describeField(name: string, type: z.ZodType, special: 'text' | 'lost' | 'history' | null, isIndexed: boolean): Field {
  let at = type as unknown as Inspectable
  let nullable = false
  let fallback: unknown
  while (at.def.innerType) {
    if (at.def.type === 'nullable' || at.def.type === 'optional') nullable = true
    if (at.def.type === 'default') fallback = at.def.defaultValue
    at = at.def.innerType
  }
  const kind: FieldKind = special ?? (isPlain(at.def.type) ? at.def.type : at.def.type === 'enum' ? 'string' : 'json')
  const words = at.def.type === 'enum' ? Object.values(at.def.entries ?? {}) : undefined
  if (fallback === undefined) fallback = nullable ? null : (words?.[0] ?? zero(kind, at.def.type))
  return { name, kind, words, nullable, isIndexed, fallback, shape: kind === 'json' || isNoted(kind) ? shapeOf(at) : undefined }
}

/** Read from what is noted in the row beside its fields; nobody writes it. */
export const isNoted = (kind: FieldKind): boolean => kind === 'lost' || kind === 'history'

/** A list is judged item by item, so that one bad item does not hide the good ones. */
function shapeOf(type: Inspectable): Field['shape'] {
  const judge = (type.def.element ?? type) as unknown as z.ZodType
  return { fits: (value) => judge.safeParse(value).success, isList: type.def.type === 'array' }
}

function isPlain(type: string): type is 'string' | 'number' | 'boolean' {
  return type === 'string' || type === 'number' || type === 'boolean'
}

function zero(kind: FieldKind, type: string): unknown {
  if (kind === 'number') return 0
  if (kind === 'boolean') return false
  if (kind === 'json') return type === 'array' ? [] : type === 'object' || type === 'record' ? {} : null
  return ''
}

/** The values of one row. */
export type PlainRow = Record<string, unknown> & Stamps

/**
 * Reads a row out of its Y.Map. This is the document guard: whatever a foreign client wrote, the answer has every declared
 * field with a value of the declared kind (its fallback where the document holds nothing usable). Fields nobody declared
 * stay in the document untouched and are not read. A pure function of the map, so rows built one by one and rows built
 * from scratch are identical.
 */
export function readRow(collection: Collection, id: string, map: Y.Map<unknown>): PlainRow {
  const row: PlainRow = {
    id,
    createdAt: num(map.get('createdAt')),
    updatedAt: num(map.get('updatedAt')),
    createdBy: str(map.get('createdBy')),
  }
  for (const field of collection.fields) {
    row[field.name] = isNoted(field.kind) ? readNoted(collection, field, map) : readField(field, map.get(field.name))
  }
  return row
}

function readNoted(collection: Collection, noted: Field, map: Y.Map<unknown>): unknown {
  if (noted.kind === 'history') return readHistory(map)
  const read = (name: string, value: unknown): unknown => {
    const field = collection.fields.find((one) => one.name === name)
    return field && readField(field, value)
  }
  return readJson(noted, readLost(map, collection.contested, read))
}

/** One field of a row, guarded the same way. */
export function readField(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return field.nullable ? null : field.fallback
  switch (field.kind) {
    case 'text':
      return value instanceof Y.Text ? storable(value.toString()) : typeof value === 'string' ? storable(value) : field.fallback
    case 'string':
      if (typeof value !== 'string' || (field.isIndexed && value.length > MOST_INDEXED)) return field.fallback
      return field.words && !field.words.includes(value) ? field.fallback : storable(value)
    case 'number':
      return isStorable(value) ? storableNumber(value) : field.fallback
    case 'boolean':
      return typeof value === 'boolean' ? value : field.fallback
    case 'json':
      return readJson(field, value)
    case 'lost':
    case 'history':
      return field.fallback
  }
}

function readJson(field: Field, value: unknown): unknown {
  if (value instanceof Y.AbstractType || value instanceof Uint8Array) return field.fallback
  const plain = storableJson(value)
  if (!field.shape?.isList) return field.shape?.fits(plain) ? plain : field.fallback
  if (!Array.isArray(plain)) return field.fallback
  return plain.every(field.shape.fits) ? plain : plain.filter(field.shape.fits)
}

const isStorable = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const num = (value: unknown): number => (isStorable(value) ? storableNumber(value) : 0)
const str = (value: unknown): string => (typeof value === 'string' ? storable(value) : '')
