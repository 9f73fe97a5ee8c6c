import { ApprovalDialog } from "../screens/dialogs/ApprovalDialog.tsx";
import { AttemptsDialog } from "../screens/dialogs/AttemptsDialog.tsx";
import { DiscountDialog } from "../screens/dialogs/DiscountDialog.tsx";
import { MoreDialog } from "../screens/dialogs/MoreDialog.tsx";
import { OpenPriceDialog } from "../screens/dialogs/OpenPriceDialog.tsx";
import { QuantityDialog } from "../screens/dialogs/QuantityDialog.tsx";
import { RoundingDialog } from "../screens/dialogs/RoundingDialog.tsx";
import { SplitDialog } from "../screens/dialogs/SplitDialog.tsx";
import { VoidSaleDialog } from "../screens/dialogs/VoidSaleDialog.tsx";
import { HeldDialog } from "../screens/held/HeldDialog.tsx";
import { HoldDialog } from "../screens/held/HoldDialog.tsx";
import { MemberDialog } from "../screens/members/MemberDialog.tsx";
import { AskPriceDialog } from "../screens/open-price/AskPriceDialog.tsx";
import { StaticCodeDialog } from "../screens/payment/StaticCodeDialog.tsx";
import { CouponDialog } from "../screens/pricing/CouponDialog.tsx";
import { OverrideDialog } from "../screens/pricing/OverrideDialog.tsx";
import { PriceDialog } from "../screens/pricing/PriceDialog.tsx";
import { CloseShiftDialog } from "../screens/shift/CloseShiftDialog.tsx";
import { WeighDialog } from "../screens/weighing/WeighDialog.tsx";
import { approvalStore, closeDialog, dialogStore, openDialog, type OpenDialog } from "./desk.ts";
import { lazy } from "./lazy.tsx";

/** With their papers they belong to the manager's pages, which no start waits for. */
const SaleDialog = lazy(async () => ({ default: (await import("../screens/manager/SaleDialog.tsx")).SaleDialog }));
const FindSaleDialog = lazy(async () => ({
  default: (await import("../screens/refunds/FindSaleDialog.tsx")).FindSaleDialog,
}));
const OtherSaleDialog = lazy(async () => ({
  default: (await import("../screens/refunds/OtherSaleDialog.tsx")).OtherSaleDialog,
}));
const RefundsDialog = lazy(async () => ({
  default: (await import("../screens/refunds/RefundsDialog.tsx")).RefundsDialog,
}));
const PrintsDialog = lazy(async () => ({
  default: (await import("../screens/prints/PrintsDialog.tsx")).PrintsDialog,
}));
const CashMoveDialog = lazy(async () => ({
  default: (await import("../screens/shift/CashMoveDialog.tsx")).CashMoveDialog,
}));
const NoSaleDialog = lazy(async () => ({ default: (await import("../screens/shift/NoSaleDialog.tsx")).NoSaleDialog }));
const XReportDialog = lazy(async () => ({
  default: (await import("../screens/shift/XReportDialog.tsx")).XReportDialog,
}));
const CarriedDialog = lazy(async () => ({
  default: (await import("../screens/carried/CarriedDialog.tsx")).CarriedDialog,
}));
const TakingsDialog = lazy(async () => ({
  default: (await import("../screens/takings/TakingsDialog.tsx")).TakingsDialog,
}));
const SearchSalesDialog = lazy(async () => ({
  default: (await import("../screens/returns/SearchSalesDialog.tsx")).SearchSalesDialog,
}));
const LooseReturnDialog = lazy(async () => ({
  default: (await import("../screens/loose-returns/LooseReturnDialog.tsx")).LooseReturnDialog,
}));
const LoosePaperDialog = lazy(async () => ({
  default: (await import("../screens/loose-returns/LoosePaperDialog.tsx")).LoosePaperDialog,
}));
const ReturnChargeDialog = lazy(async () => ({
  default: (await import("../screens/refunds/ReturnChargeDialog.tsx")).ReturnChargeDialog,
}));

/** The item on the scale, the goods that wait for their price, the one dialog that is open, and over both the manager's word that is waited for. */
export function DialogHost() {
  const dialog = dialogStore.use();
  const approval = approvalStore.use();
  return (
    <>
      <WeighDialog />
      <AskPriceDialog />
      {dialog !== null && <DialogOf dialog={dialog} />}
      {approval !== null && <ApprovalDialog approval={approval} />}
    </>
  );
}

function DialogOf({ dialog }: { readonly dialog: OpenDialog }) {
  switch (dialog.kind) {
    case "quantity":
      return <QuantityDialog lineId={dialog.lineId} />;
    case "discount":
      return <DiscountDialog lineId={dialog.lineId} />;
    case "rounding":
      return <RoundingDialog />;
    case "price":
      return <PriceDialog lineId={dialog.lineId} />;
    case "override":
      return <OverrideDialog lineId={dialog.lineId} />;
    case "coupon":
      return <CouponDialog />;
    case "member":
      return <MemberDialog />;
    case "hold":
      return <HoldDialog />;
    case "held":
      return <HeldDialog />;
    case "more":
      return <MoreDialog />;
    case "void-sale":
      return <VoidSaleDialog />;
    case "close-shift":
      return <CloseShiftDialog />;
    case "attempts":
      return <AttemptsDialog />;
    case "split":
      return <SplitDialog />;
    case "static-code":
      return <StaticCodeDialog />;
    case "open-price":
      return <OpenPriceDialog barcode={dialog.barcode} />;
    default:
      return <LaterDialog dialog={dialog} />;
  }
}

type LaterKind =
  | "cash-move"
  | "no-sale"
  | "x-report"
  | "find-sale"
  | "other-sale"
  | "prints"
  | "refunds"
  | "return-charge"
  | "sale"
  | "search-sales"
  | "loose-return"
  | "loose-paper"
  | "takings"
  | "carried";

function LaterDialog({ dialog }: { readonly dialog: Extract<OpenDialog, { readonly kind: LaterKind }> }) {
  switch (dialog.kind) {
    case "find-sale":
      return <FindSaleDialog scanned={dialog.scanned ?? null} />;
    case "other-sale":
      return <OtherSaleDialog saleId={dialog.saleId} onClose={closeDialog} />;
    case "prints":
      return <PrintsDialog />;
    case "cash-move":
      return <CashMoveDialog />;
    case "no-sale":
      return <NoSaleDialog />;
    case "x-report":
      return <XReportDialog />;
    case "refunds":
      return <RefundsDialog />;
    case "loose-return":
      return <LooseReturnDialog />;
    case "loose-paper":
      return <LoosePaperDialog returnNumber={dialog.returnNumber} />;
    case "search-sales":
      return <SearchSalesDialog />;
    case "takings":
      return <TakingsDialog />;
    case "carried":
      return <CarriedDialog />;
    case "return-charge":
      return (
        <ReturnChargeDialog
          outTradeNo={dialog.outTradeNo}
          amountFen={null}
          about={null}
          onClose={closeDialog}
          onGivenBack={() => openDialog({ kind: "refunds" })}
        />
      );
    case "sale":
      return <SaleDialog saleId={dialog.saleId} isRefund={dialog.isRefund === true} onClose={closeDialog} />;
  }
}
