import { until } from "#tests/support/poll.ts";
import { at, type Json, status, wordOf } from "../messages.ts";
import { askHttps } from "./ask-https.ts";
import type { Doors, Note } from "./old-till-words.ts";

let questions = 0;

/** What became of a request, by the till's own word: its end's, `InProgress` or `NotFound`. */
export async function askStatus(
  doors: Pick<Doors, "port" | "token" | "certificatePem">,
  { service, category }: Pick<Note, "service" | "category">,
): Promise<string> {
  questions += 1;
  const text = status(`Q${questions}`, service, category);
  // A till that has just started has no door for a moment.
  const answer = await until("the status is told", () => askHttps(doors, text).catch(() => null));
  const said = wordOf(answer);
  if (said !== "Success") return said;
  const repeated = at(answer, "SaleToPOIResponse.TransactionStatusResponse.RepeatedMessageResponse");
  return wordOf(asAnswer(repeated));
}

/** As the request's own answer would stand there. */
function asAnswer(repeated: Json | undefined): Json {
  const body = at(repeated, "RepeatedResponseMessageBody");
  const members = typeof body === "object" && body !== null ? body : {};
  return { SaleToPOIResponse: { MessageHeader: at(repeated, "MessageHeader") ?? null, ...members } };
}
