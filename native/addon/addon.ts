/**
 * What the native addon offers, as C++ exports it (native/addon/src). Expected failures are values; what throws is a
 * call with wrong arguments. Nothing here blocks: each device has a thread of its own in the addon.
 */
export type Addon = LinuxAddon | WindowsAddon | MacAddon;

interface AnyAddon {
  /** SHA-256 of the sources the binary was made from. */
  readonly sources: string;
}

export interface AddonFailure {
  readonly ok: false;
  /** "ENODEV" on Linux; the system's number, "1801", on Windows. */
  readonly code: string;
  /** In English or the system's language, for the log. */
  readonly message: string;
}

/** An open device; the addon alone can look into it. */
export type StreamHandle = Readonly<Record<"__stream", never>>;

/** What happened on a stream since the last event. */
export interface StreamEvent {
  /** One buffer for each read: a HID report stays whole. At most 64 KiB wait; then the device is not read. */
  readonly chunks: readonly Buffer[];
  /** A keyboard's keys, flat: microseconds since the epoch, key code, 1 down, 2 repeated, 0 up. Code -1: some were lost. */
  readonly keys: readonly number[];
  /** The write's end. `code` null: all was taken and the device has room again. */
  readonly written: { readonly taken: number; readonly code: string | null; readonly message: string } | null;
  readonly answer: { readonly ok: true; readonly value: number | string } | AddonFailure | null;
  /** The device is gone; the stream must still be closed. */
  readonly end: AddonFailure | null;
  /** The last event; the device is free. */
  readonly isClosed: boolean;
}

export interface LinuxAddon extends AnyAddon {
  readonly platform: "linux";
  /**
   * Opens an existing character device, never a file. `printer` writes and reads; `reports` only reads; `keyboard` only
   * reads, and takes the device for itself: nobody else hears its keys until it is closed.
   */
  openStream(
    path: string,
    kind: "printer" | "reports" | "keyboard",
    listener: (event: StreamEvent) => void,
  ): { readonly ok: true; readonly stream: StreamHandle } | AddonFailure;
  /** False while another write is under way, and after the end. At most 4 MiB, 0 ≤ withinMs ≤ 3,600,000. */
  writeStream(stream: StreamHandle, bytes: Uint8Array, withinMs: number): boolean;
  /** `status`: LPGETSTATUS; `id`: the IEEE 1284 id. One question at a time; the answer may take 5 s. */
  askStream(stream: StreamHandle, question: "status" | "id"): boolean;
  /** Drops what was not sent; `isClosed` tells when the device is free. */
  closeStream(stream: StreamHandle): void;
  /** Every /dev/input/event*, at most 256. */
  listKeyboards(): readonly LinuxKeyboard[];
  /** Bytes that a tty's driver still holds for its device (TIOCOUTQ). */
  outq(fd: number): { readonly ok: true; readonly value: number } | AddonFailure;
}

export type LinuxKeyboard =
  | {
      readonly ok: true;
      readonly path: string;
      readonly name: string;
      /** Where it is plugged in: "usb-0000:00:14.0-2/input0". */
      readonly phys: string;
      readonly uniq: string;
      /** Four lower-case hex digits. */
      readonly vendorId: string;
      readonly productId: string;
      /** Whether it has the digits and Enter: power buttons and mice are event devices too. */
      readonly typesDigits: boolean;
    }
  | (AddonFailure & { readonly path: string });

/** A printer queue of Windows; attributes and status are the bits of PRINTER_INFO_2. */
export interface Queue {
  readonly name: string;
  readonly port: string;
  readonly driver: string;
  readonly attributes: number;
  readonly status: number;
  readonly jobs: number;
}

export interface WindowsAddon extends AnyAddon {
  readonly platform: "win32";
  listQueues(done: (result: { readonly ok: true; readonly queues: readonly Queue[] } | AddonFailure) => void): void;
  /** Asks GetPrinter: opening a queue succeeds for a device that is unplugged. */
  queueStatus(queue: string, done: (result: { readonly ok: true; readonly queue: Queue } | AddonFailure) => void): void;
  /** Puts one RAW document into the queue; it is in the spooler, not on paper, when `done` is called. */
  printRaw(
    queue: string,
    document: string,
    bytes: Uint8Array,
    done: (result: { readonly ok: true; readonly jobId: number } | AddonFailure) => void,
  ): void;
  /** Failure "87": the job is not in the queue any more. `status` has the bits of JOB_INFO_2. */
  jobStatus(
    queue: string,
    jobId: number,
    done: (result: { readonly ok: true; readonly status: number; readonly message: string } | AddonFailure) => void,
  ): void;
  deleteJob(queue: string, jobId: number, done: (result: { readonly ok: true } | AddonFailure) => void): void;
  /** Device names of the keyboards: `\\?\HID#VID_xxxx&PID_xxxx#…`. */
  listKeyboards(): readonly string[];
  /** Hears every keyboard and says which one it was; takes nothing from anybody. False: a watch runs already. */
  watchKeyboards(listener: (event: WindowsKeys) => void): boolean;
  unwatchKeyboards(): void;
}

interface WindowsKeys {
  readonly keys: readonly {
    readonly device: string;
    readonly scancode: number;
    /** Bit 0: the key went up. */
    readonly flags: number;
    /** Milliseconds since the system started, of the moment of the key. */
    readonly timeMs: number;
  }[];
  readonly trouble: AddonFailure | null;
}

export interface MacAddon extends AnyAddon {
  readonly platform: "darwin";
}
