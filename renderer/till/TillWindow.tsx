import "./till.css";
import "./large-text.css";
import "./large-text-pages.css";
import { type ReactNode, useEffect } from "react";
import { leaveGoodsPage } from "../screens/goods/goods-desk.ts";
import { leaveLabelsPage } from "../screens/labels/labels-desk.ts";
import { SaleScreen } from "../screens/sale/SaleScreen.tsx";
import { leaveStockPage } from "../screens/stock/stock-desk.ts";
import { OpenShiftScreen } from "../screens/shift/OpenShiftScreen.tsx";
import { SignInScreen } from "../screens/sign-in/SignInScreen.tsx";
import { useFromSection } from "../till-client.ts";
import { clearDesk, type Page, pageStore } from "./desk.ts";
import { DialogHost } from "./DialogHost.tsx";
import { lazy } from "./lazy.tsx";
import { useScanMarks } from "./scan-marks.ts";
import { useTouches } from "./use-touches.ts";

/** Loaded when a manager asks for it: no start and no sale waits for charts and papers. */
const ManagerPage = lazy(async () => ({ default: (await import("../screens/manager/ManagerPage.tsx")).ManagerPage }));

const SettingsPage = lazy(async () => ({
  default: (await import("../screens/settings/SettingsPage.tsx")).SettingsPage,
}));

const ReconciliationPage = lazy(async () => ({
  default: (await import("../screens/reconciliation/ReconciliationPage.tsx")).ReconciliationPage,
}));

const ShiftsPage = lazy(async () => ({ default: (await import("../screens/shifts/ShiftsPage.tsx")).ShiftsPage }));

const PromotionsPage = lazy(async () => ({
  default: (await import("../screens/promotions/PromotionsPage.tsx")).PromotionsPage,
}));
const MembersPage = lazy(async () => ({ default: (await import("../screens/members/MembersPage.tsx")).MembersPage }));
const HealthPage = lazy(async () => ({ default: (await import("../screens/health/HealthPage.tsx")).HealthPage }));
const ReportsPage = lazy(async () => ({ default: (await import("../screens/reports/ReportsPage.tsx")).ReportsPage }));

const LabelsPage = lazy(async () => ({ default: (await import("../screens/labels/LabelsPage.tsx")).LabelsPage }));

const SyncPage = lazy(async () => ({ default: (await import("../screens/sync/SyncPage.tsx")).SyncPage }));

const GoodsPage = lazy(async () => ({ default: (await import("../screens/goods/GoodsPage.tsx")).GoodsPage }));

const StockPage = lazy(async () => ({ default: (await import("../screens/stock/StockPage.tsx")).StockPage }));

/** Picks the screen from what main says; dialogs lie over all of them. */
export function TillWindow() {
  useScanMarks();
  useTouches();
  const isLocked = useFromSection("session", (session) => session?.isLocked === true);
  const cashierId = useFromSection("session", (session) => session?.cashierId ?? null);
  // Whoever signs in next must not find the last one's dialog, least of all one that waits for a manager.
  useEffect(clearDesk, [cashierId]);
  return (
    <div className="till-window">
      {cashierId === null || isLocked ? <SignInScreen /> : <SignedInScreen />}
      {cashierId !== null && !isLocked && <DialogHost />}
    </div>
  );
}

function SignedInScreen() {
  const hasShift = useFromSection("shift", (shift) => shift !== null);
  const page = pageStore.use();
  if (page !== "till") return pages[page]();
  return hasShift ? <SaleScreen /> : <OpenShiftScreen />;
}

const toTill = (): void => pageStore.set("till");
const toManager = (): void => pageStore.set("manager");

const pages: Readonly<Record<Exclude<Page, "till">, () => ReactNode>> = {
  manager: () => <ManagerPage onLeave={toTill} />,
  settings: () => <SettingsPage onLeave={toTill} />,
  reconciliation: () => <ReconciliationPage onLeave={toManager} />,
  shifts: () => <ShiftsPage />,
  promotions: () => <PromotionsPage onLeave={toManager} />,
  members: () => <MembersPage onLeave={toManager} />,
  health: () => <HealthPage onLeave={toManager} />,
  reports: () => <ReportsPage onLeave={toManager} />,
  sync: () => <SyncPage />,
  labels: () => <LabelsPage onLeave={leaveLabelsPage} />,
  goods: () => <GoodsPage onLeave={leaveGoodsPage} />,
  stock: () => <StockPage onLeave={leaveStockPage} />,
};
