import { Link } from '@remix-run/react'
import FileUp from 'lucide-react/icons/file-up'
import { useEffect, useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import type { Answer } from '#domain/core/refusal.ts'
import { type Imported, type ImportStep, sendParcel } from './send-parcel.ts'

const STEP_WORDS = { sending: 'Sending the file', checking: 'Checking every part of it', storing: 'Storing it' } as const

/** Takes a file, says how far it is, and ends with the project or with the reason why there is none. */
export function ImportProject({ isBlocked }: { isBlocked: boolean }) {
  const [step, setStep] = useState<ImportStep | null>(null)
  const [ended, setEnded] = useState<Answer<Imported> | null>(null)
  const cancel = useRef<() => void>(() => undefined)
  useEffect(() => () => cancel.current(), [])

  const bring = async (file: File | undefined) => {
    if (!file) return
    setEnded(null)
    setStep({ step: 'sending', share: 0 })
    const sent = sendParcel(file, setStep)
    cancel.current = sent.cancel
    setEnded(await sent.answer)
    setStep(null)
  }

  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      {step ? (
        <Progress step={step} onCancel={() => cancel.current()} />
      ) : (
        <FileTrigger acceptedFileTypes={['.gz', 'application/gzip']} onSelect={(files) => void bring(files?.[0])}>
          <Button icon={<FileUp aria-hidden className="size-4" />} isDisabled={isBlocked} className="self-start">
            Choose a file…
          </Button>
        </FileTrigger>
      )}
      {ended?.ok && (
        <Banner
          kind="info"
          actions={
            <Link to={`/projects/${ended.value.projectId}`} className={buttonClasses('plain', 'small')}>
              Open the project
            </Link>
          }
        >
          “{ended.value.name}” is imported. Link a repository, and agents can work on it here too.
        </Banner>
      )}
      {ended && !ended.ok && <Banner kind="error">{ended.message}</Banner>}
    </div>
  )
}

function Progress({ step: { step, share }, onCancel }: { step: ImportStep; onCancel: () => void }) {
  const percent = Math.round(share * 100)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <ProgressBar aria-label="Import" value={percent} valueLabel={`${STEP_WORDS[step]}, ${percent} %`} className="min-w-0 flex-1 basis-60">
        {({ valueText }) => (
          <>
            <span className="mb-1 block text-sm text-muted tabular">{valueText}</span>
            <span className="block h-1.5 overflow-hidden rounded-full bg-pressed">
              <span className="block h-full rounded-full bg-accent-solid transition-[width]" style={{ width: `${percent}%` }} />
            </span>
          </>
        )}
      </ProgressBar>
      {step === 'sending' && (
        <Button size="small" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}
