import { request } from "node:https";
import type { Json } from "../messages.ts";
import type { Doors } from "./old-till-words.ts";

/** A payment may wait for its customer; a till that is dead refuses at once. */
const answerWithinMs = 60_000;

/** Over a connection of its own; rejects where no whole answer comes. `onLeft`: the whole request has left. */
export function askHttps(
  { port, token, certificatePem: ca }: Pick<Doors, "port" | "token" | "certificatePem">,
  text: string,
  onLeft: () => void = () => {},
): Promise<Json> {
  const { promise, resolve, reject } = Promise.withResolvers<Json>();
  const way = { host: "127.0.0.1", port, path: "/nexo", method: "POST", ca, agent: false, timeout: answerWithinMs };
  const made = request({ ...way, headers: { authorization: `Bearer ${token}` } }, (response) => {
    let body = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => (body += part));
    response.on("error", reject);
    response.on("close", () => {
      if (response.statusCode === 200 && response.complete) resolve(JSON.parse(body) as Json); // whatever it is
      else reject(new Error(`status ${response.statusCode}`));
    });
  });
  made.on("error", reject);
  made.on("timeout", () => made.destroy(new Error("no answer")));
  made.on("finish", onLeft);
  made.end(text);
  return promise;
}
