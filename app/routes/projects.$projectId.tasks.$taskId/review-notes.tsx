import { useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useUnsaved } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import type { NoteStanding } from '#domain/changes/review.ts'
import type { Note, Review } from './use-review.ts'
import { WordsBox } from './words-box.tsx'

/** What people have to say about one line, under it. */
export function NotesOnLine({ notes, review, isReadOnly }: { notes: readonly Note[]; review: Review; isReadOnly: boolean }) {
  return (
    <div className="flex flex-col gap-2 border-y border-line bg-canvas px-3 py-2 font-sans whitespace-normal">
      {notes.map((note) => (
        <NoteView key={note.id} note={note} review={review} isReadOnly={isReadOnly} />
      ))}
    </div>
  )
}

function NoteView({ note, review, isReadOnly }: { note: Note; review: Review; isReadOnly: boolean }) {
  const face = usePeople()(note.author)
  const unsaved = useUnsaved()
  const [edit, setEdit] = useState<'none' | 'begun' | 'over'>('none')
  const mayChange = !isReadOnly && note.isMine && note.standing.kind === 'draft'
  if (edit === 'begun')
    return (
      <NoteEditor
        id={note.id}
        label="Your note"
        verb="Save"
        before={note.body}
        give={(body) => review.edit(note.id, body)}
        close={() => setEdit('over')}
      />
    )
  return (
    <article aria-label={`${face.name} notes`} className="flex max-w-3xl gap-2.5 text-sm">
      <Avatar face={face} size={20} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-2">
          <span className="font-medium">{face.name}</span>
          <Time at={note.createdAt} className="text-xs text-faint" />
          <Standing standing={note.standing} />
          {unsaved.has(note.id) && <span className="text-xs text-warn">not yet on the server</span>}
          {mayChange && (
            <span className="ml-auto flex gap-1">
              <Button look="quiet" size="small" autoFocus={edit === 'over'} onPress={() => setEdit('begun')}>
                Edit
              </Button>
              <Button look="quiet" size="small" onPress={() => review.remove(note.id)}>
                Delete
              </Button>
            </span>
          )}
        </div>
        <Markdown text={note.body} />
      </div>
    </article>
  )
}

const WORDS: Readonly<Record<Exclude<NoteStanding['kind'], 'addressed'>, string>> = {
  draft: 'draft',
  sending: 'on its way',
  asked: 'the agent has it',
  'passed-over': 'not addressed',
}

function Standing({ standing }: { standing: NoteStanding }) {
  if (standing.kind === 'addressed') return <Badge tone="ok">addressed in {standing.sha.slice(0, 7)}</Badge>
  return <Badge tone={standing.kind === 'passed-over' ? 'warn' : 'neutral'}>{WORDS[standing.kind]}</Badge>
}

type NoteEditorProps = {
  /** What the words belong to: begun ones are kept on this device under it. */
  id: string
  label: string
  verb: string
  before?: string
  give: (body: string) => Promise<string | null>
  close: () => void
}

/** Where a note is written. */
export function NoteEditor({ id, ...box }: NoteEditorProps) {
  return (
    <WordsBox
      {...box}
      draft={`note.${id}`}
      placeholder="What should be different?"
      hint="Markdown works. Ctrl or ⌘ and Enter saves it as a draft."
    />
  )
}
