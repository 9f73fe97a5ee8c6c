import { ipcMain, type WebContents } from "electron";
import { intentChannel } from "#contract/ipc/channels.ts";
import { intentSchemas, type IntentArgs, type IntentName, type IntentResult } from "#contract/ipc/intents.ts";
import { isTrustedSender } from "#main/ipc/trusted-sender.ts";

export interface IntentReceiver {
  /** The till window's contents; null while there is none. */
  readonly tillContents: () => WebContents | null;
  readonly perform: <N extends IntentName>(intent: N, args: IntentArgs<N>) => Promise<IntentResult<N>>;
  /** A refused message is a bug or an attack: name it, never its arguments (they may hold a PIN). */
  readonly logRefused: (intent: string, why: "sender" | "unknown-intent" | "arguments") => void;
}

/** Opens the one channel by which the till window asks for anything. Known name, our frame, parsed arguments, then act. */
export function registerIntents(receiver: IntentReceiver): void {
  ipcMain.handle(intentChannel, async (event, name: unknown, args: unknown): Promise<IntentResult<IntentName>> => {
    if (!isTrustedSender(event, receiver.tillContents())) return refused(receiver, name, "sender");
    if (!isIntentName(name)) return refused(receiver, name, "unknown-intent");
    const parsed = intentSchemas[name].safeParse(args);
    if (!parsed.success) return refused(receiver, name, "arguments");
    return receiver.perform(name, parsed.data);
  });
}

function isIntentName(name: unknown): name is IntentName {
  return typeof name === "string" && Object.hasOwn(intentSchemas, name);
}

function refused(
  receiver: IntentReceiver,
  name: unknown,
  why: "sender" | "unknown-intent" | "arguments",
): IntentResult<IntentName> {
  receiver.logRefused(isIntentName(name) ? name : "(unknown)", why);
  return { ok: false, fault: { kind: "bad-arguments" } };
}
