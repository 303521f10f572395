import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type PageFolder, root } from './page-samples.js'

/** A fenced block of a page. */
export interface Fence {
  /** The word after the fence; empty if there is none. */
  readonly language: string
  readonly text: string
  /** Of the opening fence, from 1. */
  readonly line: number
  /** The name of the file that it is, by the comment `<!-- file: name -->` before it. */
  readonly file: string | undefined
}

/** The fenced blocks of a page, also in lists. A fence that is not closed is an error. */
export async function readFences(page: string): Promise<readonly Fence[]> {
  const lines = (await readFile(path.join(root, page), 'utf8')).split('\n')
  const fences: Fence[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent, language = ''] = /^( *)```(\S*)/.exec(lines[index] ?? '') ?? []
    if (indent === undefined) continue
    const end = lines.findIndex((line, at) => at > index && /^ *```\s*$/.test(line))
    if (end < 0) throw new Error(`${page}:${index + 1}: this block is not closed`)
    const text = lines.slice(index + 1, end).map((line) => line.slice(indent.length)).join('\n')
    const before = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? ''
    fences.push({ language, text, line: index + 1, file: /^<!-- file: (\S+) -->$/.exec(before)?.[1] })
    index = end
  }
  return fences
}

/** A command of a page, and what the page says that it prints. */
export interface ConsoleExample {
  readonly line: string
  readonly output: string
}

/** The commands of a console block, each with the output below it. */
export function readExamples({ text }: Fence): readonly ConsoleExample[] {
  return `\n${text}`.split('\n$ ').slice(1).map((example) => {
    const [line = '', ...output] = example.split('\n')
    return { line, output: output.join('\n').trimEnd() }
  })
}

/** The commands of an `sh` block, or the examples of a help text. A comment says if one fails as it should: `# exits with 1`. */
export function readCommands({ language, text }: Fence): readonly string[] {
  const lines = language === 'sh' ? text.split('\n') : Array.from(text.matchAll(/^ {2}\$ (.*)$/gm), ([, line = '']) => line)
  return lines.map((line) => {
    const [command = '', comment = ''] = line.split(/(?:^| +)# /)
    const code = /^exits with (\d)/.exec(comment)?.[1]
    return code === undefined ? command.trim() : `${command.trim()} || [ $? = ${code} ]`
  }).filter((line) => line !== '')
}

/** What a command did. */
interface Result {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs commands in a folder, one after the other, up to the first that fails: any part of a pipe, if `strict`. */
export async function runScript(script: string, { folder, env }: PageFolder, strict: boolean): Promise<Result> {
  const args = strict ? ['-e', '-o', 'pipefail', '-c', script] : ['-c', script]
  const run = promisify(execFile)('/bin/bash', args, { cwd: folder, env, maxBuffer: 64_000_000 })
  return run.then((done) => ({ code: 0, ...done }), (error: Result) => error)
}
