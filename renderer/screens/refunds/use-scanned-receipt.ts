import { useEffect, useRef } from "react";
import { act } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";

/**
 * While this is on the screen a scanned receipt leads straight on instead of standing on the notice strip. `onUnknown`
 * hears of a code that is neither a receipt nor an item.
 */
export function useScannedReceipt(onSale: (saleId: string) => void, onUnknown: () => void = () => {}): void {
  const notices = useSection("notices");
  const heard = useRef<ReadonlySet<string> | null>(null);
  const latest = useRef({ onSale, onUnknown });
  useEffect(() => {
    latest.current = { onSale, onUnknown };
  });
  useEffect(() => {
    const before = heard.current;
    heard.current = new Set(notices.map(({ id }) => id));
    if (before === null) return; // what stood there already was scanned for something else
    for (const notice of notices) {
      if (before.has(notice.id)) continue;
      if (notice.kind === "receipt-scanned") {
        void act("dismiss-notice", { noticeId: notice.id });
        latest.current.onSale(notice.saleId);
      } else if (notice.kind === "unknown-barcode") {
        void act("dismiss-notice", { noticeId: notice.id });
        latest.current.onUnknown();
      }
    }
  }, [notices]);
}
