import { countNoun } from '../../diagnostics/count-noun.js'
import type { PlannedFile } from '../../taxii/client/plan-batches.js'
import type { PushReport } from '../../taxii/client/push-bundles.js'
import type { PushedFile } from '../../taxii/client/pushed-file.js'
import { formatSize } from '../format-size.js'
import { renderTable } from '../render-table.js'

const header = ['FILE', 'OBJECTS', 'SENT', 'ADDED', 'ALREADY THERE', 'FAILED', 'UNSETTLED']
const planHeader = ['FILE', 'OBJECTS', 'TO SEND', 'REQUESTS', 'SIZE']

/** What became of each bundle's objects, and of all. */
export function renderPush({ files }: PushReport): string {
  if (files.length === 0) return ''
  const rows = files.map(({ path, ...counts }) => [path, ...listCounts(counts).map(String)])
  const total = ['total', ...sumColumns(files.map(listCounts)).map(String)]
  return renderTable([header, ...rows, ...(files.length > 1 ? [total] : [])], new Set([1, 2, 3, 4, 5, 6]))
}

/** What would be sent of each bundle. */
export function renderPlan(files: readonly PlannedFile[]): string {
  if (files.length === 0) return ''
  const rows = files.map(({ path, objects, toSend, requests, bytes }) =>
    [path, String(objects), String(toSend), String(requests), formatSize(bytes)])
  return renderTable([planHeader, ...rows], new Set([1, 2, 3, 4]))
}

/** "12 objects added to "Mappings" (https://…), 3 already there". */
export function summarisePush({ collection, files }: PushReport, address: URL): string {
  if (collection === undefined) return ''
  const [, , added = 0, already = 0] = sumColumns(files.map(listCounts))
  return `${countNoun(added, 'object')} added to "${collection}" (${address.href}), ${already} already there`
}

/** "12 objects would be sent to https://… (dry run)". */
export function summarisePlan(files: readonly PlannedFile[], address: URL): string {
  const objects = files.reduce((sum, { toSend }) => sum + toSend, 0)
  return `${countNoun(objects, 'object')} would be sent to ${address.href}, less those that it holds already (dry run)`
}

function listCounts({ objects, sent, added, already, failed, pending }: Omit<PushedFile, 'path'>): readonly number[] {
  return [objects, sent, added, already, failed, pending]
}

function sumColumns(rows: readonly (readonly number[])[]): readonly number[] {
  return rows.reduce((sums, row) => row.map((count, column) => count + (sums[column] ?? 0)), [])
}
