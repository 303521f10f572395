import type { AnalysisReport } from '../../../src/analyses/report/analysis-report.js'
import { createReportTable } from '../../../src/model/report-table.js'

/** A thing that the tables of the sample list. */
export interface Thing {
  readonly id: string
  readonly change: string
  readonly share: number
  readonly remark?: string
}

/** A report with a table of things: a column of every kind, one of them for text and one for files alone. */
export function sampleReport(things: readonly Thing[], more: Partial<AnalysisReport> = {}): AnalysisReport {
  const table = createReportTable({ name: 'things', title: 'Things', about: 'One row a thing.' }, things, [
    { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
    { key: 'thing_id', title: 'Thing', kind: 'id', cell: ({ id }) => id },
    { key: 'share', title: 'Share', kind: 'number', digits: 2, cell: ({ share }) => share, content: 'From 0 to 1.' },
    { key: 'remark', title: 'Remark', kind: 'text', cell: ({ remark }) => remark },
    { key: 'excerpt', title: 'Excerpt', kind: 'text', only: 'text', cell: ({ remark }) => remark?.slice(0, 5) },
    { key: 'page', title: 'Page', kind: 'url', only: 'files', cell: ({ id }) => `https://example.org/${id}` },
  ])
  const details = createReportTable({ name: 'details', title: 'Details', only: 'files' }, things, [
    { key: 'thing_id', title: 'Thing', kind: 'id', cell: ({ id }) => id },
  ])
  return {
    kind: 'sample',
    baseName: 'things',
    title: 'A sample of things',
    about: ['Made up for tests.'],
    counts: [{ label: 'Things', value: things.length }, { label: 'Of these odd', value: 1234 }],
    facts: [{ label: 'From', value: 'nowhere' }],
    legend: [
      { word: 'added', tone: 'added', meaning: 'it came' },
      { word: 'removed', tone: 'removed', meaning: 'it went' },
    ],
    tables: [table, details],
    schema: 'diff',
    value: { kind: 'sample' },
    ...more,
  }
}
