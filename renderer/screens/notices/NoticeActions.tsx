import {
  IconPrinter,
  IconReceipt,
  IconReceiptRefund,
  IconSearch,
  IconTag,
  IconTags,
  IconUserCheck,
} from "@tabler/icons-react";
import type { NoticeView } from "#contract/ipc/till-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { act, openDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { openGoodsPage } from "../goods/goods-desk.ts";
import { focusSearch } from "../search/search-desk.ts";

/** What can be done about a notice, where something can. */
export function NoticeActions({ notice }: { readonly notice: NoticeView }) {
  const canSell = useFromSection("shift", (shift) => shift !== null);
  switch (notice.kind) {
    case "unknown-barcode":
      return canSell && <UnknownBarcodeActions noticeId={notice.id} code={notice.text} />;
    case "bad-check-digit":
    case "unknown-label-item":
      return canSell && <SearchAction noticeId={notice.id} text="" />;
    case "pack-stopped":
      return canSell && <StoppedPackActions stopId={notice.stopId} />;
    case "stock-short":
      return canSell && notice.stopId !== null && <ShortStockAction stopId={notice.stopId} />;
    case "receipt-scanned":
      return <ReceiptActions noticeId={notice.id} saleId={notice.saleId} />;
    case "other-receipt-scanned":
      return <OtherReceiptAction noticeId={notice.id} code={notice.text} />;
    case "refund-ended":
      // Given back is given back; any other end is somebody's to see to.
      return notice.word !== "given-back" && <RefundActions noticeId={notice.id} />;
    case "refund-stuck":
      return <RefundActions noticeId={notice.id} />;
    case "print-unknown":
      return <PrintActions jobId={notice.jobId} />;
    default:
      return null;
  }
}

function SearchAction({ noticeId, text: searched }: { readonly noticeId: string; readonly text: string }) {
  const text = useTillText();
  return (
    <Press
      data-testid="notice-search"
      onClick={() => {
        void act("dismiss-notice", { noticeId });
        focusSearch(searched);
      }}
    >
      <IconSearch size={20} aria-hidden />
      {text("notice.search")}
    </Press>
  );
}

function UnknownBarcodeActions({ noticeId, code }: { readonly noticeId: string; readonly code: string }) {
  const text = useTillText();
  const isManager = useFromSection("session", (session) => session?.role === "manager");
  // Where head office keeps the goods, new ones are made there.
  const isKeeper = useFromSection("sync", (sync) => sync.state === "alone") && isManager;
  return (
    <>
      <SearchAction noticeId={noticeId} text="" />
      <Press
        data-testid="notice-open-price"
        onClick={() => {
          void act("dismiss-notice", { noticeId });
          openDialog({ kind: "open-price", barcode: code });
        }}
      >
        <IconTag size={20} aria-hidden />
        {text("notice.open-price")}
      </Press>
      {isKeeper && (
        <Press
          data-testid="notice-create-item"
          onClick={() => {
            void act("dismiss-notice", { noticeId });
            openGoodsPage(code);
          }}
        >
          <IconTags size={20} aria-hidden />
          {text("notice.create-item")}
        </Press>
      )}
    </>
  );
}

/** The pack goes into the cart by a manager's word; the notice goes with it. */
function StoppedPackActions({ stopId }: { readonly stopId: string }) {
  const text = useTillText();
  return (
    <Press data-testid="notice-sell-stopped" onClick={() => void act("sell-stopped-pack", { stopId })}>
      <IconUserCheck size={20} aria-hidden />
      {text("notice.sell-stopped")}
    </Press>
  );
}

/** More than the books have, by a manager's word; the notice goes with it. */
function ShortStockAction({ stopId }: { readonly stopId: string }) {
  const text = useTillText();
  return (
    <Press data-testid="notice-sell-short" onClick={() => void act("sell-short-stock", { stopId })}>
      <IconUserCheck size={20} aria-hidden />
      {text("notice.sell-short")}
    </Press>
  );
}

function ReceiptActions({ noticeId, saleId }: { readonly noticeId: string; readonly saleId: string }) {
  const text = useTillText();
  const common = useCommonText();
  return (
    <>
      <Press
        data-testid="notice-refund"
        onClick={() => {
          void act("dismiss-notice", { noticeId });
          openDialog({ kind: "sale", saleId, isRefund: true });
        }}
      >
        <IconReceiptRefund size={20} aria-hidden />
        {text("notice.refund")}
      </Press>
      <Press
        data-testid="notice-open-sale"
        onClick={() => {
          void act("dismiss-notice", { noticeId });
          openDialog({ kind: "sale", saleId });
        }}
      >
        <IconReceipt size={20} aria-hidden />
        {text("notice.open-sale")}
      </Press>
      <Press
        onClick={() => {
          void act("dismiss-notice", { noticeId });
          void act("reprint-receipt", { saleId });
        }}
      >
        <IconPrinter size={20} aria-hidden />
        {common("print-again")}
      </Press>
    </>
  );
}

/** Whose receipt it is, is found where the sale is looked for. */
function OtherReceiptAction({ noticeId, code }: { readonly noticeId: string; readonly code: string }) {
  const text = useTillText();
  return (
    <Press
      data-testid="notice-refund-other"
      onClick={() => {
        void act("dismiss-notice", { noticeId });
        openDialog({ kind: "find-sale", scanned: code });
      }}
    >
      <IconReceiptRefund size={20} aria-hidden />
      {text("notice.refund")}
    </Press>
  );
}

/** What has to be done about it stands with the refund itself; what is done leaves the list and the strip. */
function RefundActions({ noticeId }: { readonly noticeId: string }) {
  const text = useTillText();
  return (
    <Press
      data-testid="notice-refunds"
      onClick={() => {
        void act("dismiss-notice", { noticeId });
        openDialog({ kind: "refunds" });
      }}
    >
      <IconReceiptRefund size={20} aria-hidden />
      {text("notice.refunds")}
    </Press>
  );
}

/** Only somebody who looks at the printer can tell whether the paper came. */
function PrintActions({ jobId }: { readonly jobId: string }) {
  const text = useTillText();
  return (
    <>
      <Press onClick={() => void act("resolve-print", { jobId, as: "printed" })}>{text("notice.printed")}</Press>
      <Press onClick={() => void act("resolve-print", { jobId, as: "print-again" })}>
        <IconPrinter size={20} aria-hidden />
        {text("notice.print-again")}
      </Press>
    </>
  );
}
