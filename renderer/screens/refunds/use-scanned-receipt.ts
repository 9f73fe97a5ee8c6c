import { useEffect, useRef } from "react";
import { act } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";

/** What else a scan may be: neither a receipt nor an item, or another till's receipt. */
interface OtherScans {
  readonly onUnknown?: () => void;
  readonly onOther?: (text: string) => void;
}

/** While this is on the screen a scanned receipt leads straight on instead of standing on the notice strip. */
export function useScannedReceipt(onSale: (saleId: string) => void, { onUnknown, onOther }: OtherScans = {}): void {
  const notices = useSection("notices");
  const heard = useRef<ReadonlySet<string> | null>(null);
  const latest = useRef({ onSale, onUnknown, onOther });
  useEffect(() => {
    latest.current = { onSale, onUnknown, onOther };
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
      } else if (notice.kind === "unknown-barcode" && latest.current.onUnknown !== undefined) {
        void act("dismiss-notice", { noticeId: notice.id });
        latest.current.onUnknown?.();
      } else if (notice.kind === "other-receipt-scanned" && latest.current.onOther !== undefined) {
        void act("dismiss-notice", { noticeId: notice.id });
        latest.current.onOther(notice.text);
      }
    }
  }, [notices]);
}
