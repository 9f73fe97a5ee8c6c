/** Bytes of one request as sent, compressed or not: a full batch is 1 MiB before it is compressed. */
export const mostWireBytes = 2 * 1_048_576;
