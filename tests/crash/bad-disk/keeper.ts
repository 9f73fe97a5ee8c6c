import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { openConnection } from "#main/store/connection.ts";
import { type OpenSalesStore, openSalesStore, salesFile } from "#main/store/sales/open-sales-store.ts";
import { StoreBroken } from "#main/store/store-broken.ts";
import type { KeeperAnswer, KeeperAsk } from "./keeper-process.ts";

// A process that keeps sales in a real sales.db on a disk that is made to refuse. Answers one question after the other.

let store: OpenSalesStore | null = null;
let brokenTold = 0;

process.on("message", (ask: KeeperAsk) => process.send?.(answer(ask)));

function answer(ask: KeeperAsk): KeeperAnswer {
  try {
    return perform(ask);
  } catch (cause) {
    if (cause instanceof StoreBroken) return { kind: "refused", by: cause.kind, code: cause.code, brokenTold };
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return { kind: "refused", by: "error", code, brokenTold };
  }
}

function perform(ask: KeeperAsk): KeeperAnswer {
  switch (ask.kind) {
    case "open": {
      const opened = openSalesStore({
        ...{ path: ask.path, terminalId: sampleTerminalId, now: () => Date.UTC(2026, 2, 2, 1) },
        newId: () => crypto.randomUUID(),
        onBroken: () => (brokenTold += 1),
      });
      if (!opened.ok) return { kind: "refused", by: opened.fault.kind, code: codeOf(opened.fault), brokenTold };
      store = opened.value;
      return { kind: "done" };
    }
    case "open-careless": {
      // As the store would be opened without writing out again what it finds.
      const opened = openConnection(ask.path, salesFile);
      if (!opened.ok) return { kind: "refused", by: opened.fault.kind, code: codeOf(opened.fault), brokenTold };
      opened.value.prepare("SELECT count(*) FROM sales").get();
      return { kind: "done" };
    }
    case "begin":
      store?.openShift(sampleShift);
      return { kind: "done" };
    case "sell": {
      const { saleId, lineCount = 3 } = ask;
      store?.commitSale(saleId, (saleNumber) => sampleSale({ saleId, saleNumber, lineCount }), null, sampleReceipt);
      return { kind: "done" };
    }
    case "sold":
      return { kind: "sold", saleNumber: store?.sale(ask.saleId)?.sale.saleNumber ?? null };
    case "close":
      store?.close();
      return { kind: "done" };
  }
}

function codeOf(fault: object): string {
  return "code" in fault ? String(fault.code) : "detail" in fault ? String(fault.detail) : "";
}
