import { z } from "zod";
import type { SyncView } from "../ipc/sync-view.ts";

/** Head office on the Device bench: JSON bodies of the bench's `/head-office…` routes, which main answers by itself. */

/** POST /head-office/cable: out, nothing of the till reaches head office; in, it goes on. Answer: `HeadOfficeState`. */
export const headOfficeCableRequest = z.strictObject({ unplugged: z.boolean() });
export type HeadOfficeCableRequest = z.infer<typeof headOfficeCableRequest>;

/** GET /head-office. */
export interface HeadOfficeState {
  readonly unplugged: boolean;
  /** Address of its page, for a browser on this machine; null while it does not run. */
  readonly page: string | null;
  /** How the till stands with it, and the journal entries it has not acknowledged. */
  readonly state: SyncView["state"];
  readonly waiting: number;
}
