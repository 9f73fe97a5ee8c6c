/** `yyyy-MM-ddTHH:mm:ss+08:00`, the gateway's time zone wherever this machine stands. */
export function beijingTime(atMs: number): string {
  return `${new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
