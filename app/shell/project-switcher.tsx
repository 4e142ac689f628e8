import { useNavigate } from '@remix-run/react'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import LayoutGrid from 'lucide-react/icons/layout-grid'
import Plus from 'lucide-react/icons/plus'
import { useMemo } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useQuery } from '#app/replica/react.tsx'
import { classes } from '#app/ui/classes.ts'
import { Menu } from '#app/ui/menu.tsx'
import { projectById, projectsList } from '#domain/projects/queries.ts'
import { ProjectMark } from './project-mark.tsx'

const query = projectsList()

/** The project one is in, and the way to the others. */
export function ProjectSwitcher({ projectId, isNarrow = false }: { projectId: string | null; isNarrow?: boolean }) {
  const projects = useQuery(query)
  const navigate = useNavigate()
  const here = useQuery(useMemo(() => (projectId ? projectById(projectId) : null), [projectId]))?.[0]
  // An archived one is in no list, and one can be in it.
  const project = projects?.find((each) => each.id === projectId) ?? here
  const name = project?.name ?? (projectId ? (projects ? 'Unknown project' : '…') : 'All projects')
  const others = [...(projects ?? [])].sort((a, b) => a.name.localeCompare(b.name)).slice(0, 12)
  return (
    <Menu
      label="Projects"
      trigger={
        <AriaButton
          aria-label={`Project: ${name}. Switch project`}
          className={classes(
            'flex h-9 min-w-0 items-center gap-2 rounded-md text-left text-sm font-semibold transition-colors data-hovered:bg-hover data-focus-visible:ring-focus',
            isNarrow ? 'w-9 justify-center' : 'w-full px-1.5',
          )}
        >
          <ProjectMark mark={project?.key ?? (projectId ? '…' : null)} />
          {!isNarrow && (
            <>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
            </>
          )}
        </AriaButton>
      }
      groups={[
        {
          title: 'Projects',
          actions: others.map((each) => ({
            id: each.id,
            label: each.name,
            isChosen: each.id === projectId,
            run: () => navigate(`/projects/${each.id}`),
          })),
        },
        {
          actions: [
            { id: 'all', label: 'All projects', icon: <LayoutGrid className="size-4" />, run: () => navigate('/') },
            { id: 'new', label: 'New project…', icon: <Plus className="size-4" />, run: () => navigate('/?new=1') },
          ],
        },
      ].filter((group) => group.actions.length > 0)}
    />
  )
}
