import type { SqlQuery } from '#domain/core/query.ts'
import { join, type Sql, sql, sqlQuery } from '#domain/core/sql.ts'

const MOST_THINGS = 20
const MOST_SAID = 8
/** So many of the latest words are told apart by where they were said. */
const MOST_HEARD = 200
const MOST_WORDS = 8
/** Looking through everything that was said takes long: not for what nearly everything has. */
const LEAST_TO_HEAR = 3

/** Something with a name that was looked for. `text`: the part of it that has the words, where its name has not. */
export type FoundThing = {
  kind: 'project' | 'card' | 'prompt' | 'interview'
  id: string
  projectId: string
  projectName: string
  name: string
  shortId: string
  status: string | null
  archived: boolean
  text: string | null
}

/** Words of a conversation or of a comment, by the card or interview they were said at. */
export type FoundWords = {
  kind: 'card' | 'interview'
  id: string
  projectId: string
  projectName: string
  name: string
  shortId: string
  text: string
  saidAt: number
}

/** The words of what somebody typed. Each of them must be found, anywhere and in any order. */
export const wordsOf = (typed: string): string[] => typed.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)

const isPlain = (word: string): boolean => /^[\x20-\x7e]*$/.test(word)

/** A text in small letters, as words are looked for in it. Where none but A to Z need have a case it takes a third of the time. */
const smallLetters =
  (words: readonly string[]) =>
  (text: Sql): Sql =>
    words.every(isPlain) ? sql`lower(${text} collate "C")` : sql`lower(${text})`

/**
 * The condition that texts have every word, each in any of them and in any case. Most texts that have a word have it in small letters,
 * which is seen at once. The others have to be made small, or gone through by an expression that knows both cases of a letter, which
 * is faster where there are letters beyond A to Z. The longest word is the rarest, so the others are seldom looked for.
 */
function hasAll(words: readonly string[]): (...texts: Sql[]) => Sql {
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  return (...texts) => {
    const has = longestFirst.map((word) => {
      const inSmall = texts.map((text) => sql`strpos(${text}, ${word.toLowerCase()}) > 0`)
      const inAny = texts.map((text) =>
        isPlain(word) ? sql`strpos(${smallLetters([word])(text)}, ${word.toLowerCase()}) > 0` : inAnyCase(text, word),
      )
      return sql`(${join([...inSmall, ...inAny], ' or ')})`
    })
    return join(has, ' and ')
  }
}

/**
 * An expression goes through a text by far the slowest, so it is asked only where the rest of the word is: the longest part of it that has
 * nothing but A to Z, whose small letters are quickly had, or else one of the other letters, large or small.
 */
function inAnyCase(text: Sql, word: string): Sql {
  const expression = sql`${text} ~* ${word.replace(/[!-/:-@[-`{-~]/g, '\\$&')}`
  const [part = ''] = word.split(/[^\x20-\x7e]+/).sort((a, b) => b.length - a.length)
  if (part.length > 1) return sql`(strpos(${smallLetters([part])(text)}, ${part.toLowerCase()}) > 0 and ${expression})`
  const cases = [...word].filter((letter) => !isPlain(letter)).map((letter) => [letter, letter.toLowerCase(), letter.toUpperCase()])
  // Of letters whose other case is more than one letter, databases think otherwise.
  const [either] = cases.filter((forms) => forms.every((letter) => [...letter].length === 1))
  if (!either) return expression
  const isThere = [...new Set(either)].map((letter) => sql`strpos(${text}, ${letter}) > 0`)
  return sql`((${join(isThere, ' or ')}) and ${expression})`
}

/** The words around the first one found, so long that a line of a list holds them. */
const around = (text: Sql, word: string): Sql =>
  sql`regexp_replace(substring(${text} from greatest(1, position(lower(${word}) in lower(${text})) - 30) for 160), '\\s+', ' ', 'g')`

/**
 * Cards (archived ones too), prompts, interviews and projects that have every word, the likeliest first: a card's short id, then names
 * that begin so, names, texts; of those the ones of the project one is in, then what changed last. Null where nothing was typed.
 */
export function findThings(typed: string, projectId: string | null): SqlQuery<FoundThing> | null {
  const words = wordsOf(typed)
  const [first] = words
  if (first === undefined) return null
  const has = hasAll(words)
  const small = smallLetters(words)
  const whole = small(sql`${words.join(' ')}::text`)
  const nearness = (name: Sql, shortId = sql`null::text`) =>
    sql`case when ${small(shortId)} = ${whole} then 0 when starts_with(${small(name)}, ${whole}) then 1 when ${has(name)} then 2 else 3 end`
  const likeliestFirst = sql`order by nearness, "projectId" = ${projectId} desc nulls last, "updatedAt" desc`
  // The words around are cut out last: in a subquery of its own, or it is done for every row that is found.
  const found = sql`
    select kind, id, "projectId", "projectName", name, "shortId", status, archived,
      case when nearness = 3 then ${around(sql`text`, first)} end as text
    from (select thing.*, project.name as "projectName" from (
      select 'card' as kind, id, "projectId", title as name, "shortId", status, archived, description as text, "updatedAt",
        ${nearness(sql`title`, sql`"shortId"`)} as nearness
      from tasks where suggested <> 'rejected' and ${has(sql`description`, sql`title`, sql`"shortId"`)}
      union all
      select 'prompt', id, "projectId", title, '', label, false, content, "updatedAt", ${nearness(sql`title`)}
      from prompts as prompt where ${has(sql`content`, sql`title`)}
        and not exists (select from prompts as next where next."parentId" = prompt.id and next.room = prompt.room)
      union all
      select 'interview', id, "projectId", title, '', status, false, '', "updatedAt", ${nearness(sql`title`)}
      from interviews where ${has(sql`title`)}
      union all
      select 'project', id, id, name, key, null, archived, description, "updatedAt", ${nearness(sql`name`, sql`key`)}
      from projects where ${has(sql`description`, sql`name`)}
    ) as thing join projects as project on project.id = "projectId" and project."deletedAt" is null ${likeliestFirst} limit ${MOST_THINGS}) as likeliest ${likeliestFirst}`
  return sqlQuery(['tasks', 'prompts', 'interviews', 'projects'], found)
}

/**
 * What was said with every word, in conversations this device has and in comments: the latest of each card or interview. A question that
 * was stopped or failed is shown nowhere, so its half words are not found. Not kept current, for an agent that talks would have all of it looked through again at each word. Null where too little was typed.
 */
export function findSaid(typed: string): SqlQuery<FoundWords> | null {
  const words = wordsOf(typed)
  const [first] = words
  if (first === undefined || words.join('').length < LEAST_TO_HEAR) return null
  const has = hasAll(words)
  // PostgreSQL packs a long text, and would unpack it for each look at it.
  const unpacked = sql`
    select room, content || '' as text, "createdAt", status = 'failed' as "isBroken" from messages where role = 'user' or role = 'assistant' offset 0`
  const found = sql`
    select kind, place.id, "projectId", project.name as "projectName", place.name, "shortId", ${around(sql`text`, first)} as text, "saidAt"
    from (
      select distinct on (place.id) place.*, said.text, said."createdAt" as "saidAt"
      from (
        select substring(room from 6) as chat, null as card, text, "createdAt", "isBroken" from (${unpacked}) as heard where ${has(sql`text`)}
        union all
        select null, "taskId", body, "createdAt", false from comments where ${has(sql`body`)}
        order by "createdAt" desc limit ${MOST_HEARD}
      ) as said
      left join sessions on sessions.id = said.chat
      left join attempts on attempts.id = sessions."attemptId"
      join (
        select 'card' as kind, id, "projectId", title as name, "shortId" from tasks
        union all
        select 'interview', id, "projectId", title, '' from interviews
      ) as place on place.id = coalesce(said.card, attempts."taskId", said.chat)
      where not (kind = 'interview' and "isBroken" is true)
      order by place.id, said."createdAt" desc
    ) as place join projects as project on project.id = "projectId" and project."deletedAt" is null
    order by "saidAt" desc limit ${MOST_SAID}`
  return sqlQuery([], found)
}
