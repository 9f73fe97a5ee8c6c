/** Item ids of one word, ascending, each as the distance from the one before it: seven bits a byte, the lowest first. */

/** 31 bits in sevens. */
const mostBytesOfId = 5;

/** Lists one behind the other. */
export class PackedLists {
  private bytes = new Uint8Array(65_536);
  private length = 0;

  /**
   * Where the list ends.
   * @param places ascending, each once
   * @param idOfPlace ids by place, ascending, from 1 and below 2 ** 31
   */
  add(places: ArrayLike<number>, idOfPlace: readonly number[]): number {
    this.makeRoom(places.length * mostBytesOfId);
    const { bytes } = this;
    let { length } = this;
    let last = 0;
    for (let at = 0; at < places.length; at += 1) {
      const id = idOfPlace[places[at] ?? 0] ?? 0;
      let rest = id - last;
      last = id;
      for (; rest > 0x7f; rest >>>= 7) {
        bytes[length] = (rest & 0x7f) | 0x80;
        length += 1;
      }
      bytes[length] = rest;
      length += 1;
    }
    this.length = length;
    return length;
  }

  all(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private makeRoom(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const wider = new Uint8Array((this.length + count) * 2);
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }
}

/** The ids of a list, ascending. */
export function unpackIds(packed: Uint8Array): Int32Array {
  const ids = new Int32Array(packed.length);
  let count = 0;
  let last = 0;
  let rest = 0;
  let shift = 0;
  for (const byte of packed) {
    rest |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte > 0x7f) continue;
    last += rest;
    ids[count] = last;
    count += 1;
    rest = 0;
    shift = 0;
  }
  return ids.subarray(0, count);
}

/** What both ascending lists have. */
export function inBoth(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(Math.min(a.length, b.length));
  let [atA, atB, count] = [0, 0, 0];
  while (atA < a.length && atB < b.length) {
    const [left, right] = [a[atA] ?? 0, b[atB] ?? 0];
    if (left === right) {
      both[count] = left;
      count += 1;
    }
    if (left <= right) atA += 1;
    if (right <= left) atB += 1;
  }
  return both.subarray(0, count);
}

/** What any of the lists has, ascending, each once. */
export function inAny(lists: readonly Int32Array[]): Int32Array {
  const [only, ...more] = lists;
  if (only === undefined) return new Int32Array(0);
  if (more.length === 0) return only;
  const all = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  all.sort();
  let count = 0;
  for (const id of all) {
    if (count > 0 && all[count - 1] === id) continue;
    all[count] = id;
    count += 1;
  }
  return all.subarray(0, count);
}
