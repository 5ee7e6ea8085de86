/**
 * Milliseconds that work keeps a processor busy in this thread. What else runs on the machine, and the collector's own
 * threads, do not count: tests bound the work, not the time of day.
 */
export function processorTimeOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
