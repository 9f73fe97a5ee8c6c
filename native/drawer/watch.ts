import type { PrinterConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";

/** A drawer that stands open, or was just kicked, is looked at this often: the next customer may be seconds away. */
const CLOSE_LOOK_MS = 1_000;
/** After a kick, whatever the switch says: as long as it takes to push a drawer shut, and at set-up to see both levels. */
const AFTER_KICK_MS = 60_000;

/**
 * What the drawer's switch says, by way of the printer's answers. Drawers are built both ways, so the level means
 * nothing until set-up has learned it; it is reported all the same, because set-up learns from it.
 */
export class DrawerWatch {
  readonly #config: PrinterConfig;
  readonly #report: (event: HostEvent) => void;
  readonly #timer: NodeJS.Timeout | null;
  #level: boolean | null = null;
  #closelyUntil = 0;

  /** `look` asks the printer, whose answer comes to `note`. */
  constructor(config: PrinterConfig, report: (event: HostEvent) => void, look: () => void) {
    this.#config = config;
    this.#report = report;
    this.#timer =
      config.drawer === undefined
        ? null
        : setInterval(() => {
            if (this.#isOpen() === true || Date.now() < this.#closelyUntil) look();
          }, CLOSE_LOOK_MS);
  }

  watchClosely(): void {
    this.#closelyUntil = Date.now() + AFTER_KICK_MS;
  }

  note(isHigh: boolean): void {
    if (isHigh === this.#level) return;
    this.#level = isHigh;
    this.tell();
  }

  /** Says again what is known; nothing before the printer's first answer, or where no drawer hangs. */
  tell(): void {
    if (this.#level === null || this.#config.drawer === undefined) return;
    const { id } = this.#config;
    this.#report({ kind: "drawer-state", deviceId: id, isPin3High: this.#level, isOpen: this.#isOpen() });
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  #isOpen(): boolean | null {
    const sensor = this.#config.drawer?.sensor ?? "none";
    return sensor === "none" || this.#level === null ? null : this.#level === (sensor === "high-is-open");
  }
}
