import Contrast from 'lucide-react/icons/contrast'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { setLook, type Theme, useLook } from '#app/ui/theme-choice.ts'

const CHOICES = [
  { id: 'system', label: 'As the system', icon: <Monitor className="size-4" /> },
  { id: 'light', label: 'Light', icon: <Sun className="size-4" /> },
  { id: 'dark', label: 'Dark', icon: <Moon className="size-4" /> },
] as const satisfies readonly { id: Theme; label: string; icon: React.ReactNode }[]

/** The look of Slipway on this device. */
export function ThemeMenu() {
  const { theme, contrast } = useLook()
  const Icon = theme === 'dark' ? Moon : theme === 'light' ? Sun : Monitor
  return (
    <Menu
      label="Theme"
      placement="top start"
      trigger={
        <IconButton label="Theme" noTooltip>
          <Icon aria-hidden className="size-4" />
        </IconButton>
      }
      groups={[
        {
          title: 'Theme',
          actions: CHOICES.map((choice) => ({ ...choice, isChosen: choice.id === theme, run: () => setLook({ theme: choice.id }) })),
        },
        {
          actions: [
            {
              id: 'contrast',
              label: 'More contrast',
              icon: <Contrast className="size-4" />,
              isChosen: contrast === 'more',
              run: () => setLook({ contrast: contrast === 'more' ? 'normal' : 'more' }),
            },
          ],
        },
      ]}
    />
  )
}
