import { Argument, Command, type Option } from 'commander'
import { emitters } from '../../emitters/registry.js'
import { tool } from '../../model/tool.js'
import { parsers } from '../../parsers/registry.js'
import { platforms } from '../../validation/stix/platforms/platforms.js'
import { examplesOf, exitMeanings, withExamples } from '../usage.js'

/** Loads all commands of the program, in the order of its help. */
type LoadCommands = () => Promise<readonly Command[]>

/** A command as scripts need it: "attack show" is named by both words. */
interface Described {
  readonly path: readonly string[]
  readonly summary: string
  readonly children: readonly Described[]
  readonly options: readonly DescribedOption[]
  readonly command: Command
}

type DescribedOption = ReturnType<typeof describeOption>

type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

/** `crosswalk completion SHELL`: prints a script that completes commands, options and their values. */
export function completionCommand(load: LoadCommands): Command {
  const command = new Command('completion')
    .description('Prints a script that completes commands, options and their values when Tab is pressed. It is made from the same '
      + 'descriptions as the help, and starts no program.')
    .addArgument(new Argument('<SHELL>', 'the shell to complete in').choices(['bash', 'zsh', 'fish', 'powershell']))
    .action(async (shell: Shell) => {
      const write = { bash: bashScript, zsh: zshScript, fish: fishScript, powershell: powershellScript }[shell]
      process.stdout.write(write(describeAll(await load())))
    })
  return withExamples(command, [
    'crosswalk completion bash > ~/.local/share/bash-completion/completions/crosswalk',
    'crosswalk completion fish > ~/.config/fish/completions/crosswalk.fish',
  ])
}

/** `crosswalk man`: prints the manual page, which is also in the package. */
export function manCommand(load: LoadCommands): Command {
  const command = new Command('man')
    .description('Prints the manual page of all commands (troff), as it is installed with the package.')
    .action(async () => void process.stdout.write(manualPage(describeAll(await load()))))
  return withExamples(command, ['crosswalk man | man -l -'])
}

/** Values of lists, which Commander does not know, by flag and value: some commands use the same flags for releases and addresses. */
const listed: Readonly<Record<string, readonly string[]>> = {
  '--to <list>': [...emitters.map(({ id }) => id), 'all'],
  '--from <parser>': parsers.map(({ id }) => id),
  '--for <platforms>': platforms.map(({ id }) => id),
}

function describeAll(commands: readonly Command[]): readonly Described[] {
  return commands.map((command) => describe(command, []))
}

function describe(command: Command, above: readonly string[]): Described {
  const path = [...above, command.name()]
  const options = [...command.options, command.createOption('-h, --help', 'print this help')]
  return {
    path, command,
    summary: firstSentence(command.summary() || command.description()),
    options: options.map(describeOption),
    children: command.commands.map((child) => describe(child, path)),
  }
}

function describeOption({ flags, short, long, description, required, optional, argChoices }: Option) {
  const names = [short, long].filter((name) => name !== undefined)
  return { names, text: description, takesValue: required || optional, values: argChoices ?? listed[flags.replace(/^-\w, /, '')] ?? [] }
}

function firstSentence(text: string): string {
  return text.split(/(?<=[^.])[.;:](?: |$)/)[0] ?? text
}

function withChildren(commands: readonly Described[]): readonly Described[] {
  return commands.flatMap((one) => [one, ...withChildren(one.children)])
}

const namesOf = (commands: readonly Described[]): string => commands.map(({ path }) => path.at(-1)).join(' ')
const firstValues = ({ command }: Described): readonly string[] => command.registeredArguments[0]?.argChoices ?? []

function bashScript(commands: readonly Described[]): string {
  const all = withChildren(commands)
  const parents = all.filter(({ children }) => children.length > 0)
  const values = all.flatMap(({ path, options }) => options.filter((one) => one.takesValue).map((option) =>
    `    ${option.names.map((name) => `'${path.join(' ')} ${name}'`).join('|')}) values='${option.values.join(' ')}'; taken=1 ;;`))
  const words = all.map((one) => {
    const first = [namesOf(one.children), ...firstValues(one)].filter((text) => text !== '').join(' ')
    return `    '${one.path.join(' ')}') options='${one.options.flatMap(({ names }) => names).join(' ')}'; values='${first}' ;;`
  })
  return `# Completion of crosswalk for bash. Source it, or put it where bash-completion looks for it.
_crosswalk() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command='' options='-h --help -V --version' values='' taken='' word before=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
${[' ', ...parents.map(({ path }) => `${path.join(' ')} `)].map((start, index) =>
    `      ${(index === 0 ? commands : parents[index - 1]?.children ?? []).map(({ path }) => `'${start}${path.at(-1) ?? ''}'`).join('|')}) command="\${command:+$command }$word" ;;`).join('\n')}
    esac
  done
  case "$command $prev" in
${values.join('\n')}
  esac
  [[ $taken ]] || case "$command" in
    '') values='${namesOf(commands)} help' ;;
${words.join('\n')}
  esac
  if [[ $taken && $cur == *,* ]]; then before="\${cur%,*},"; cur="\${cur##*,}"; fi
  if [[ ! $taken && $cur == -* ]]; then values="$options"; fi
  COMPREPLY=($(compgen -P "$before" -W "$values" -- "$cur"))
}
complete -o default -F _crosswalk crosswalk attack-crosswalk
`
}

function zshScript(commands: readonly Described[]): string {
  const functions = withChildren(commands).map((one) => {
    const options = one.options.flatMap(({ names, text, takesValue, values }) => names.map((name) =>
      `    ${zshQuote(`*${name}[${zshEscape(firstSentence(text))}]${takesValue ? `:value:${zshValues(values)}` : ''}`)} \\`))
    const rest = one.children.length > 0 ? zshDispatch(one.children)
      : `    ${zshQuote(`*:argument:${zshValues(firstValues(one))}`)}`
    return `_crosswalk_${one.path.join('_')}() {\n  _arguments -S \\\n${options.join('\n')}\n${rest}\n}`
  })
  return `#compdef crosswalk attack-crosswalk
# Completion of crosswalk for zsh. Put it into a folder of $fpath as _crosswalk, or source it after compinit.
${functions.join('\n')}
_crosswalk() {
  _arguments -S '(- *)'{-h,--help}'[print the help]' '(- *)'{-V,--version}'[print the version]' \\
${zshDispatch(commands)}
}
if [[ $funcstack[1] == _crosswalk ]]; then _crosswalk "$@"; else compdef _crosswalk crosswalk attack-crosswalk; fi
`
}

/** The words of commands, and the function of the one that was typed. */
function zshDispatch(commands: readonly Described[]): string {
  const described = commands.map(({ path, summary }) => `${path.at(-1) ?? ''}\\:${zshQuote(zshEscape(summary))}`).join(' ')
  const cases = commands.map(({ path }) => `      ${path.at(-1) ?? ''}) _crosswalk_${path.join('_')} ;;`)
  return `    ${zshQuote(`1:command:((${described}))`)} '*::argument:->rest'
  if [[ $state == rest ]]; then
    case $words[1] in
${cases.join('\n')}
    esac
  fi`
}

const zshValues = (values: readonly string[]): string => (values.length > 0 ? `(${values.join(' ')})` : '_files')
const zshEscape = (text: string): string => text.replaceAll(/[\\[\]:]/g, String.raw`\$&`)
const zshQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

function fishScript(commands: readonly Described[]): string {
  const lines = [
    `complete -c crosswalk -n __fish_use_subcommand -f -s h -l help -d 'print the help'`,
    `complete -c crosswalk -n __fish_use_subcommand -f -s V -l version -d 'print the version'`,
    ...commands.map(({ path, summary }) => `complete -c crosswalk -n __fish_use_subcommand -f -a ${path[0] ?? ''} -d ${fishQuote(summary)}`),
    ...withChildren(commands).flatMap((one) => {
      const seen = one.path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
      const start = `complete -c crosswalk -n '${seen}'`
      const children = one.children.map(({ path, summary }) => `${start} -f -a ${path.at(-1) ?? ''} -d ${fishQuote(summary)}`)
      const first = firstValues(one)
      return [...children, ...(first.length > 0 ? [`${start} -f -a '${first.join(' ')}'`] : []), ...one.options.map((option) => {
        const names = option.names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ')
        const value = option.values.length > 0 ? ` -x -a '${option.values.join(' ')}'` : ' -r'
        return `${start} ${names}${option.takesValue ? value : ''} -d ${fishQuote(firstSentence(option.text))}`
      })]
    }),
  ]
  return `# Completion of crosswalk for fish. Put it into ~/.config/fish/completions/crosswalk.fish.\n${lines.join('\n')}\n`
}

const fishQuote = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
const list = (values: readonly string[]): string => `@(${values.map(quote).join(', ')})`

function powershellScript(commands: readonly Described[]): string {
  const all = withChildren(commands)
  const words = all.map((one) =>
    `    ${quote(one.path.join(' '))} = ${list([...one.children.map(({ path }) => path.at(-1) ?? ''), ...firstValues(one), ...one.options.flatMap(({ names }) => names)])}`)
  const values = all.flatMap(({ path, options }) => options.filter((one) => one.values.length > 0).flatMap((option) =>
    option.names.map((name) => `    ${quote(`${path.join(' ')} ${name}`)} = ${list(option.values)}`)))
  return `# Completion of crosswalk for PowerShell. Add it to your profile ($PROFILE).
Register-ArgumentCompleter -Native -CommandName 'crosswalk', 'attack-crosswalk' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
    '' = ${list([...commands.map(({ path }) => path[0] ?? ''), 'help', '-h', '--help', '--version'])}
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $command = ''
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '' -and $typed.Count -gt 0) { $typed = @($typed | Select-Object -SkipLast 1) }
  foreach ($word in $typed) {
    $next = ("$command $word").Trim()
    if ($words.ContainsKey($next)) { $command = $next }
  }
  $found = $values["$command $($typed | Select-Object -Last 1)"]
  if (-not $found) { $found = $words[$command] }
  $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}

function manualPage(commands: readonly Described[]): string {
  const sections = withChildren(commands).map(({ path, command, options }) => [
    `.SS ${roff(`crosswalk ${path.join(' ')} ${command.usage()}`)}`,
    roff(command.description()),
    ...options.flatMap(({ names, text, values }) =>
      ['.TP', `.B ${roff(names.join(', '))}`, roff(`${text}${values.length > 0 ? ` (${values.join(', ')})` : ''}`)]),
    ...(examplesOf(command).length > 0 ? ['.PP', 'Examples:', '.nf', ...examplesOf(command).map((line) => roff(`    ${line}`)), '.fi'] : []),
  ].join('\n'))
  const codes = exitMeanings.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, roff(meaning)])
  return `.TH CROSSWALK 1 "" "Crosswalk ${tool.version}" "User Commands"
.SH NAME
crosswalk \\- convert mappings of security capabilities to MITRE ATT&CK
.SH SYNOPSIS
.B crosswalk
.I COMMAND
[OPTIONS] [INPUT...]
.SH COMMANDS
${sections.join('\n')}
.SH EXIT STATUS
${codes.join('\n')}
.SH FILES
.TP
.B crosswalk.config.yaml
Settings of the current folder, named like the options of convert; the command line wins.
.SH ENVIRONMENT
.TP
.B NO_COLOR, FORCE_COLOR
Disable colours, or use them in pipes too.
.TP
.B CROSSWALK_DATA
The folder of ATT&CK releases that were added.
`
}

/** Text of a line of troff, where a leading dot or apostrophe would be a request. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\e`).replaceAll('-', String.raw`\-`).replaceAll('\n', ' ')
  return /^[.']/.test(escaped) ? String.raw`\&${escaped}` : escaped
}
