import { useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LooseHeardView, LooseReturnView } from "#contract/ipc/loose-return-intents.ts";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { pieces } from "#core/quantity/quantity.ts";
import { actInDialog, closeDialog, pageStore } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { send } from "../../till-client.ts";
import { useReturnText } from "../returns/return-texts.ts";
import { askedOf, type LooseDraft, sumOf, withMore } from "./loose-drafts.ts";

/** As many as one return takes (contract/ipc/loose-return-intents.ts). */
const mostLines = 50;
/** As many as are read at a glance; a longer word finds the rest. */
const shownAtOnce = 5;
/** Often enough that a scan is on the screen before the next is read; main forgets a screen silent for three seconds. */
const everyMs = 250;

/** What is chosen and typed, and the two keys that end it. */
export function useLooseReturn() {
  const text = useReturnText();
  const [lines, setLines] = useState<readonly LooseDraft[]>([]);
  const [reason, setReason] = useState<string>(text("reason.unwanted"));
  const [member, setMember] = useState("");
  const [note, setNote] = useState<string | null>(null);
  const [refused, setRefused] = useState<IntentFault | null>(null);
  const [isWrong, setWrong] = useState(false);
  const [done, setDone] = useState<LooseReturnView | null>(null);
  // One for every press of the key: the second gives nothing twice.
  const [requestId] = useState(() => crypto.randomUUID());

  const put = (item: ItemView, quantity: ReturnType<typeof pieces> | null): void => {
    const isFull = lines.length >= mostLines && lines.every((line) => line.item.sku !== item.sku);
    setNote(isFull ? text("loose.full", { limit: mostLines }) : null);
    if (!isFull) setLines((now) => withMore(now, item, quantity));
    setRefused(null);
  };
  const add = (item: ItemView): void => {
    put(item, item.unit === "kg" ? null : pieces(1));
  };
  const finder = useFinder(add);
  useScans(done === null, (heard) => {
    if (heard.kind === "goods") put(heard.item, heard.quantity);
    else setNote(text("loose.unknown"));
  });

  const asked = askedOf(lines);
  const isReady = asked !== null && reason.trim() !== "";
  const chosen = (): IntentArgs<"give-loose-return"> | null => {
    setWrong(asked === null && lines.length > 0);
    if (asked === null || !isReady) return null;
    setRefused(null);
    return { ...asked, requestId, reason: reason.trim(), member: member.trim() };
  };
  const confirm = async (): Promise<void> => {
    const args = chosen();
    if (args !== null) setRefused(await actInDialog("give-loose-return", args, setDone));
  };
  const exchange = async (): Promise<void> => {
    const args = chosen();
    if (args !== null) setRefused(await actInDialog("begin-loose-exchange", args, toCart));
  };
  const hear = (event: KeyboardEvent): boolean => {
    if (!isKeyOf("exchange", event)) return finder.hear(event);
    if (!event.repeat) void exchange();
    return true;
  };
  const enter = (): void => {
    if (finder.search.trim() === "") void confirm();
    else finder.choose();
  };
  return {
    ...{ lines, reason, setReason, member, setMember, note, done, isReady, isWrong, confirm, exchange, enter },
    ...{
      search: finder.search,
      setSearch: finder.setSearch,
      found: finder.found,
      at: finder.at,
      hear,
      add: finder.take,
    },
    amountFen: sumOf(lines),
    trouble: refused,
    change(sku: string, part: Partial<Omit<LooseDraft, "item">>): void {
      setLines(lines.map((line) => (line.item.sku === sku ? { ...line, ...part } : line)));
      setWrong(false);
      setRefused(null);
    },
    remove: (sku: string): void => setLines(lines.filter((line) => line.item.sku !== sku)),
  };
}

/** The goods stand in the cart: the new ones are scanned there. */
function toCart(): void {
  closeDialog();
  pageStore.set("till");
}

/** What the typed text finds, and which of it is chosen. Enter before the answer takes the first of it. */
function useFinder(onFound: (item: ItemView) => void) {
  const [search, setText] = useState("");
  const [found, setFound] = useState<readonly ItemView[] | null>(null);
  const [at, setAt] = useState(0);
  const isAwaited = useRef(false);
  const take = (item: ItemView | undefined): void => {
    if (item === undefined) return;
    onFound(item);
    setSearch("");
  };
  const setSearch = (next: string): void => {
    setText(next);
    setAt(0);
    // What an earlier word found is not chosen by this one's Enter.
    setFound(null);
    isAwaited.current = false;
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    let isWanted = true;
    if (search.trim() === "") return undefined;
    void send("search-items", { text: search, limit: shownAtOnce }).then((answer) => {
      if (!isWanted || !answer.ok) return;
      setFound(answer.value.items);
      if (isAwaited.current) latest.current(answer.value.items[0]);
    });
    return () => {
      isWanted = false;
    };
  }, [search]);
  return {
    ...{ search, found, at, setSearch, take },
    choose(): void {
      if (found === null) isAwaited.current = true;
      else take(found[at]);
    },
    hear(event: KeyboardEvent): boolean {
      if (search.trim() === "") return false;
      if (event.key === "Escape") return (setSearch(""), true);
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
      const last = Math.max(0, (found?.length ?? 0) - 1);
      setAt(Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), last));
      return true;
    },
  };
}

/** Scans go to the return for as long as it is shown. */
function useScans(isShown: boolean, onHeard: (heard: LooseHeardView) => void): void {
  const [waiting, setWaiting] = useState<readonly LooseHeardView[]>([]);
  useEffect(() => {
    if (!isShown) return undefined;
    let isOn = true;
    const ask = async (): Promise<void> => {
      const answer = await send("loose-return-listen", {});
      if (!isOn) return;
      if (answer.ok && answer.value.length > 0) setWaiting((now) => [...now, ...answer.value]);
      window.setTimeout(() => void (isOn && ask()), everyMs);
    };
    void ask();
    return () => {
      isOn = false;
      void send("loose-return-unlisten", {});
    };
  }, [isShown]);
  useEffect(() => {
    const [first, ...rest] = waiting;
    if (first === undefined) return;
    onHeard(first);
    setWaiting(rest);
    // Called for what waits alone: the handler is another function with every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [waiting]);
}
