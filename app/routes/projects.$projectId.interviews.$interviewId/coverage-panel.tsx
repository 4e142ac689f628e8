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

type Props = {
  coverage: Coverage
  canWrite: boolean
  /** The topic this person picked to answer, and the one whose question they see. */
  picked: Topic | null
  asked: Topic | null
  /** Who else is answering a topic now. */
  answering: (topic: Topic) => readonly string[]
  onPick: (topic: Topic | null) => void
  onAssume: (topic: Topic) => void
}

/** Which topics are open, answered or assumed: an icon and a word each. An open one can be answered now, whatever is asked, or assumed. */
export function CoveragePanel({ coverage, canWrite, picked, asked, answering, onPick, onAssume }: Props) {
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
          const isOpen = coverage[topic] === 'open'
          const others = isOpen ? answering(topic) : []
          return (
            <li key={topic} className="flex min-h-8 items-center gap-1 text-sm">
              <Icon aria-hidden className={`mr-1 size-4 shrink-0 ${look}`} />
              <span className="min-w-0 flex-1">
                {TOPIC_WORDS[topic]}
                {others.length > 0 && (
                  <span className="block text-xs text-accent">
                    {others.join(', ')} {others.length === 1 ? 'is' : 'are'} answering
                  </span>
                )}
              </span>
              {isOpen && canWrite && picked === topic && (
                <Button look="quiet" size="small" onPress={() => onPick(null)} aria-label={`Answer ${TOPIC_WORDS[topic]} later`}>
                  Later
                </Button>
              )}
              {isOpen && canWrite && asked !== topic && (
                <Button look="quiet" size="small" onPress={() => onPick(topic)} aria-label={`Answer ${TOPIC_WORDS[topic]} now`}>
                  Answer
                </Button>
              )}
              {isOpen && canWrite && (
                <Button look="quiet" size="small" onPress={() => onAssume(topic)} aria-label={`Assume ${TOPIC_WORDS[topic]}`}>
                  Assume
                </Button>
              )}
              <span className={`text-xs ${look}`}>{word}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
