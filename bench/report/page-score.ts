/** What a page was measured to do while it loaded: milliseconds, but for the layout shift, which has no unit. */
export type Vitals = { fcp: number; si: number; lcp: number; tbt: number; cls: number }

type ControlPoint = { weight: number; p10: number; median: number }

/**
 * Lighthouse 12's desktop control points and weights: a value of `p10` scores 0.9, one of `median` 0.5. From
 * github.com/GoogleChrome/lighthouse, `core/audits/metrics/*.js` (`defaultOptions.desktop.scoring`) and
 * `core/config/default-config.js` (the weights of the category "performance").
 */
const DESKTOP: Record<keyof Vitals, ControlPoint> = {
  fcp: { weight: 10, p10: 934, median: 1_600 },
  si: { weight: 10, p10: 1_311, median: 2_300 },
  lcp: { weight: 25, p10: 1_200, median: 2_400 },
  tbt: { weight: 30, p10: 150, median: 350 },
  cls: { weight: 25, p10: 0.1, median: 0.25 },
}
/** The inverse of the complementary error function at 1/5, which makes p10 what scores 0.9. */
const AT_P10 = 0.906193802436823

/** Lighthouse's performance score of a desktop page, 0 to 100. */
export function pageScore(vitals: Vitals): number {
  const names = Object.keys(DESKTOP) as (keyof Vitals)[]
  return Math.round(names.reduce((sum, name) => sum + DESKTOP[name].weight * scoreOf(vitals[name], DESKTOP[name]), 0))
}

/** How much of the weight a value earns, 0 to 1: the complement of a log-normal distribution through the two points. */
export function scoreOf(value: number, { p10, median }: Pick<ControlPoint, 'p10' | 'median'>): number {
  if (value <= 0) return 1
  const spread = Math.log(median / p10)
  return (1 - erf((Math.log(value / median) / spread) * AT_P10)) / 2
}

/** Abramowitz and Stegun 7.1.26: off by 1.5e-7 at most. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.sign(x) * (1 - sum * Math.exp(-x * x))
}
