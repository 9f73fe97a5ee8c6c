import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";

/** A cable between two serial ports: two real ptys, which stay when whoever has one open is killed. */
export interface NullModem {
  readonly tillsEnd: string;
  readonly oldTillsEnd: string;
  pull(): Promise<void>;
}

export async function layNullModem(folder: string): Promise<NullModem> {
  const [tillsEnd, oldTillsEnd] = [join(folder, "tty-till"), join(folder, "tty-old-till")];
  const socat = spawn("socat", [`pty,rawer,link=${tillsEnd}`, `pty,rawer,link=${oldTillsEnd}`], { stdio: "ignore" });
  const gone = new Promise<void>((resolve) => socat.once("close", () => resolve()));
  await until("both ends are there", () => existsSync(tillsEnd) && existsSync(oldTillsEnd));
  return {
    ...{ tillsEnd, oldTillsEnd },
    async pull() {
      socat.kill("SIGKILL");
      await gone;
    },
  };
}
