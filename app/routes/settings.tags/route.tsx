import AtSign from 'lucide-react/icons/at-sign'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Time } from '#app/ui/time.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { tagsList } from '#domain/team/tags.ts'
import { LoadingRows, Rows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { TagDialog } from './tag-dialog.tsx'

export const meta = () => [{ title: 'Tags · Slipway' }]

/** The texts a team inserts with @, in every project. */
export default function Tags() {
  const { canWrite, ready } = useRoom(teamRoom)
  const tags = useQuery(tagsList())
  const faceOf = usePeople()
  const [editedId, setEditedId] = useState<string | null>(null)
  const isReadOnly = ready && !canWrite
  const inOrder = [...(tags ?? [])].sort((a, b) => a.tagName.localeCompare(b.tagName))
  return (
    <>
      <Section
        title="Tags"
        lead="Texts you say again and again. Type @ in a prompt and pick one: its words are inserted, with a line that names tag and version."
        actions={
          <Button look="primary" icon={<Plus aria-hidden className="size-4" />} isDisabled={isReadOnly} onPress={() => setEditedId('new')}>
            New tag
          </Button>
        }
      >
        {!tags && <LoadingRows label="Loading the tags" />}
        {tags?.length === 0 && (
          <EmptyState icon={<AtSign className="size-8" />} title="No tag yet">
            House rules, the words of a review, how commits should read: write them once, and insert them with @ in every project.
          </EmptyState>
        )}
        {inOrder.length > 0 && (
          <Rows label="Tags">
            {inOrder.map((tag) => (
              <li key={tag.id} className="flex items-center gap-4 px-4 py-2.5">
                <span className="min-w-0 flex-1">
                  <span className="flex items-baseline gap-2">
                    <span className="truncate font-medium">@{tag.tagName}</span>
                    <span className="shrink-0 text-xs text-faint tabular">v{tag.version}</span>
                  </span>
                  <span className="line-clamp-2 text-sm whitespace-pre-line text-muted">{tag.content}</span>
                </span>
                <span className="shrink-0 text-xs text-faint max-md:hidden">
                  by {faceOf(tag.createdBy).name} · <Time at={tag.updatedAt} />
                </span>
                <Button size="small" isDisabled={isReadOnly} onPress={() => setEditedId(tag.id)} aria-label={`Edit @${tag.tagName}`}>
                  Edit
                </Button>
              </li>
            ))}
          </Rows>
        )}
      </Section>
      {editedId !== null && (
        <TagDialog key={editedId} tag={inOrder.find(({ id }) => id === editedId) ?? null} onClose={() => setEditedId(null)} />
      )}
    </>
  )
}
