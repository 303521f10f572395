import { describe, expect, it } from 'vitest'
import { createCapabilityReader } from '../../../../src/parsers/table/capability-cells.js'

/** The capabilities of each cell of a column, as "id = name", with "?" where the cell is doubtful. */
function readColumn(cells: readonly string[], separator?: string) {
  const read = createCapabilityReader(cells, separator)
  return cells.map((cell) => {
    const { capabilities, isDoubtful } = read(cell)
    const texts = capabilities.map(({ id, description }) => (description === undefined ? id : `${id} = ${description}`))
    return isDoubtful ? [...texts, '?'] : texts
  })
}

describe('a column of ids', () => {
  it.each<[string, readonly string[], readonly (readonly string[])[]]>([
    ['several forms', ['4.1, 5.2, 6.3', 'M1027, M1036', 'AC-4|SC-7', 'AC-2 / AC-6', 'CP-9 and CP-10', 'SI-3 & SI-8'],
      [['4.1', '5.2', '6.3'], ['M1027', 'M1036'], ['AC-4', 'SC-7'], ['AC-2', 'AC-6'], ['CP-9', 'CP-10'], ['SI-3', 'SI-8']]],
    ['numbers', ['1.4, 1.5, 15.1', '4', '4, 5'], [['1.4', '1.5', '15.1'], ['4'], ['4', '5']]],
    ['enhancements', ['AC-2(1), AC-2 (3)', 'SI-4 (2)'], [['AC-2(1)', 'AC-2 (3)'], ['SI-4 (2)']]],
    ['lines, tabs and repeats', ['AC-2\nAC-3\r\nAC-2', 'AC-2\tAC-3', 'AC-2 AC-3;'], [['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3']]],
    ['names', ['AC-2 Account Management; AC-3: Access Enforcement', 'CM-7 - Least Functionality, and more', 'Access Enforcement (AC-3)'],
      [['AC-2 = Account Management', 'AC-3 = Access Enforcement'], ['CM-7 = Least Functionality, and more'], ['AC-3 = Access Enforcement']]],
    ['names that mention others', ['AC-2 Account Management (see AC-3)', 'AC-3'], [['AC-2 = Account Management (see AC-3)'], ['AC-3']]],
    ['forms of their own', ['CTRL-001 Enforce MFA', 'CTRL-002 Log; CTRL-003 Back up', 'CTRL-001'],
      [['CTRL-001 = Enforce MFA'], ['CTRL-002 = Log', 'CTRL-003 = Back up'], ['CTRL-001']]],
    ['other catalogues', ['PR.AC-1, PR.AA-01', 'A.9.2.1; A.5.15', 'CC6.1, CC6.2', 'ISM-0421', 'CVE-2021-44228 CVE-2021-45046'],
      [['PR.AC-1', 'PR.AA-01'], ['A.9.2.1', 'A.5.15'], ['CC6.1', 'CC6.2'], ['ISM-0421'], ['CVE-2021-44228', 'CVE-2021-45046']]],
    ['slugs and paths', ['aws_config, amazon_guardduty', 'action.hacking.variety.Brute force; action.malware.vector.Email link'],
      [['aws_config', 'amazon_guardduty'], ['action.hacking.variety.Brute force', 'action.malware.vector.Email link']]],
    ['licences', ['DEF-SecScore-E3, EOP-MFR-E3'], [['DEF-SecScore-E3', 'EOP-MFR-E3']]],
    ['lists as programs and web pages write them', ["['AC-2', 'AC-3']", '[AC-2, AC-3]', '"AC-2", "AC-3"', '`AC-2`, `AC-3`', 'AC-2<br>AC-3', '(AC-2)'],
      [['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2']]],
    ['bullets, numbers, other commas and dashes', ['• AC-2\n• AC-3', '1. AC-2\n2. AC-3', 'AC-2、AC-3，AC-4', 'AC–2', 'AC-2\u200B; AC-3.', 'AC-2, AC-3, and AC-4'],
      [['AC-2', 'AC-3'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3', 'AC-4'], ['AC-2'], ['AC-2', 'AC-3'], ['AC-2', 'AC-3', 'AC-4']]],
    ['names in parentheses', ['AC-2 (Account Management), AC-3 (Access Enforcement)'], [['AC-2 = Account Management', 'AC-3 = Access Enforcement']]],
    ['CSA', ['I&S-03 & IAM-16', 'A&A-01'], [['I&S-03', 'IAM-16'], ['A&A-01']]],
  ])('%s', (_, cells, expected) => {
    expect(readColumn(cells)).toEqual(expected)
  })

  it.each([
    ['AC-2, others'], ['AC-2 - AC-6'], ['AC-2 to AC-6'], ['AC-2 (1), (3)'], ['AC-2(1)(3)'], ['AC-2, MFA'], ['AC-2/3'], ['AC-2–AC-6'], ['AC-2 / MFA'],
    ['AC-2 and the like'], ['AC-2 plus AC-3'], ['AC-2 -> AC-3'], ['AC-2 Accounts AC-3 Access'], ['AC-2 (a)(b)'], ['AC-2 etc.'], ['AC-*'], ['AC-2 *'],
    ['CIS 4.1, CIS 5.2'], ['A.5.1 - A.5.3'], ['AC-2\\AC-3'], ['AC-2-AC-6'], ['AC-2 .. AC-6'], ['AC-2 through AC-6'],
  ])('keeps %j whole, and reports it', (cell) => {
    expect(readColumn([cell, 'AC-3', 'AC-4'])[0]).toEqual([cell, '?'])
  })
})

describe('a column of words', () => {
  it.each([
    [['block legacy sign-in', 'block macros from mail', 'require mfa for admins']],
    [['ids rule 4401', 'ids rule 90210']],
    [['S3 bucket policy', 'S3 encryption', 'EC2 hardening']],
    [['S3 bucket policy', 'EC2 hardening']],
    [['RULE-7 alert', 'RULE-7 block', 'RULE-8 alert', 'RULE-9 alert']],
    [['24/7 monitoring', '2FA for admins', '802.1x for wired', 'TLS 1.2 only', 'Windows10 hardening']],
    [['Identity, credential and access management', 'Backup and restore', 'Logging & monitoring', 'Detect/respond']],
    [['AES-256 at rest', 'SHA-256 signing', 'Disk encryption']],
    [['1,000', '4,1 points', 'no']],
    [['aws account review', 'azure policy audit']],
    [['no']],
  ])('%j stays whole', (cells) => {
    expect(readColumn(cells).map((found) => found[0])).toEqual(cells)
  })

  it.each<[readonly string[], readonly boolean[]]>([
    [['mfa, vpn', 'ids rule 4401'], [true, false]],
    [['GroupA', 'GroupA|GroupB|Group C', 'no'], [false, true, false]],
    [['Back up; restore', 'Log\nalert'], [true, true]],
    [['Back up daily', 'Train people', 'Back up daily and Train people', 'Back up daily, Train people'], [false, false, true, true]],
    [['Identity, credential and access management', 'Train people'], [false, false]],
    [['AC-2; AC-3', 'Back up', 'Train people', 'Log'], [true, false, false, false]],
  ])('%j is reported where it looks like a list', (cells, expected) => {
    expect(readColumn(cells).map((found) => found.includes('?'))).toEqual(expected)
  })
})

describe('a separator that the user states', () => {
  it.each<[readonly string[], string, readonly (readonly string[])[]]>([
    [["['mfa', 'vpn']", 'x'], '|', [['mfa', 'vpn'], ['x']]],
    [['GroupA', 'GroupA|GroupB|Group C', 'no'], '|', [['GroupA'], ['GroupA', 'GroupB', 'Group C'], ['no']]],
    [['mfa, vpn', 'mfa,, siem,'], ',', [['mfa', 'vpn'], ['mfa', 'siem']]],
    [['AC-2 Accounts // AC-3', 'AC-4'], '//', [['AC-2 = Accounts', 'AC-3'], ['AC-4']]],
    [['a; b, c', 'd'], ',', [['a; b', 'c', '?'], ['d']]],
  ])('%j at %j', (cells, separator, expected) => {
    expect(readColumn(cells, separator)).toEqual(expected)
  })
})

it('columns are read in time in proportion to their text', () => {
  for (const piece of ['AC-2;', 'AC-2 ', ' ', '(', 'A', 'A.', '1', 'a_', 'AC-2 / ', ', ', 'action.a.b ', '- ']) {
    const started = performance.now()
    createCapabilityReader([piece.repeat(50_000)])(piece.repeat(50_000))
    expect(performance.now() - started, piece).toBeLessThan(2000)
  }
})
