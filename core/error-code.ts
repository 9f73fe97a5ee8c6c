/** The word by which a system, a database or a library names what went wrong, as `ENOSPC`; "" where it names nothing. */
export function errorCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
