import { readDate } from '../../model/read-date.js'

/** Stands for "not stated" in the bundles that we write. */
const NO_DATE = '2000-01-01'

/** The day of a timestamp. */
export function dayOf(timestamp: string | undefined): string | undefined {
  const day = timestamp === undefined ? undefined : readDate(timestamp)
  return day === NO_DATE ? undefined : day
}
