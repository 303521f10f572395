/** Whether two versions are one, as far as both are stated. Pages print "12.12.2024" for what files write as "12/12/2024". */
export function versionsAgree(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left.replaceAll('/', '.') === right.replaceAll('/', '.')
}
