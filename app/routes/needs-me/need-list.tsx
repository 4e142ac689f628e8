import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useEffect, useMemo, useRef } from 'react'
import { WHY_WORDS } from '#app/needs/say-need.ts'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { type Need, WHYS } from '#domain/needs/rules.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { NeedRow } from './need-row.tsx'

/** Needs by why. The arrows walk through all of them; Enter opens, as links do. */
export function NeedList({ needs, isEveryones }: { needs: readonly Need[]; isEveryones: boolean }) {
  const faceOf = usePeople()
  const projects = useQuery(projectsList())
  const names = useMemo(() => new Map((projects ?? []).map(({ id, name }) => [id, name])), [projects])
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.querySelector('a')?.focus()
  }, [])
  const actions = useMemo(() => {
    const walk = (by: 1 | -1) => {
      const links = [...(list.current?.querySelectorAll('a') ?? [])]
      const at = links.indexOf(document.activeElement as HTMLAnchorElement)
      links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
    }
    return [
      { id: 'down', label: 'Next', keys: 'down', icon: <ArrowDown className="size-4" />, run: () => walk(1) },
      { id: 'up', label: 'Previous', keys: 'up', icon: <ArrowUp className="size-4" />, run: () => walk(-1) },
    ]
  }, [])
  useActions('Needs me', actions)
  return (
    <div ref={list} className="flex flex-col gap-5">
      {WHYS.map((why) => {
        const group = needs.filter((need) => need.why === why)
        return (
          group.length > 0 && (
            <section key={why} aria-labelledby={`why-${why}`}>
              <h2 id={`why-${why}`} className="mb-1.5 flex items-baseline gap-2 px-2 text-sm font-semibold">
                {WHY_WORDS[why]}
                <span className="text-xs font-normal text-faint tabular">{group.length}</span>
              </h2>
              <ul aria-labelledby={`why-${why}`} className="overflow-hidden rounded-lg border border-line bg-surface">
                {group.map((need) => (
                  <NeedRow
                    key={need.commentId ?? need.id}
                    need={need}
                    project={names.get(need.projectId) ?? ''}
                    whose={isEveryones ? faceOf(need.concerns) : null}
                    person={(id) => faceOf(id).name}
                  />
                ))}
              </ul>
            </section>
          )
        )
      })}
    </div>
  )
}
