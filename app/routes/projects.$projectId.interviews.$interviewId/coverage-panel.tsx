import Check from 'lucide-react/icons/check'
import Circle from 'lucide-react/icons/circle'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import { Button } from '#app/ui/button.tsx'
import { TOPIC_WORDS } from '#domain/interviews/rules.ts'
import { type Coverage, type CoverageState, TOPICS, type Topic } from '#domain/interviews/schema.ts'

const STATES: Record<CoverageState, { word: string; look: string; icon: typeof Check }> = {
  open: { word: 'open', look: 'text-muted', icon: Circle },
  answered: { word: 'answered', look: 'text-ok', icon: Check },
  assumed: { word: 'assumed', look: 'text-warn', icon: CircleDashed },
}

type Props = { coverage: Coverage; canAssume: boolean; onAssume: (topic: Topic) => void }

/** Which topics are open, answered or assumed: an icon and a word each. An open one can be assumed. */
export function CoveragePanel({ coverage, canAssume, onAssume }: Props) {
  const settled = TOPICS.filter((topic) => coverage[topic] !== 'open').length
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage" className="flex items-baseline gap-2 font-semibold">
        Coverage
        <span className="text-xs font-normal text-muted tabular">
          {settled} of {TOPICS.length}
        </span>
      </h2>
      <ul aria-label="Topics" className="mt-1">
        {TOPICS.map((topic) => {
          const { word, look, icon: Icon } = STATES[coverage[topic]]
          return (
            <li key={topic} className="flex h-8 items-center gap-2 text-sm">
              <Icon aria-hidden className={`size-4 shrink-0 ${look}`} />
              <span className="flex-1">{TOPIC_WORDS[topic]}</span>
              {coverage[topic] === 'open' && canAssume && (
                <Button look="quiet" size="small" onPress={() => onAssume(topic)} aria-label={`Assume ${TOPIC_WORDS[topic]}`}>
                  Assume
                </Button>
              )}
              <span className={`w-16 text-right text-xs ${look}`}>{word}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
