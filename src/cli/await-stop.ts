/** Waits for the signal to stop: Ctrl-C, or SIGTERM of whatever runs services. A second one ends the process at once. */
export async function awaitStop(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => { resolve() })
  })
  for (const signal of signals) {
    process.removeAllListeners(signal)
  }
}
