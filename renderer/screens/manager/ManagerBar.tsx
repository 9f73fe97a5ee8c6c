import {
  IconArrowLeft,
  IconCalendar,
  IconCashRegister,
  IconChartBar,
  IconChevronLeft,
  IconChevronRight,
  IconDiscount,
  IconListCheck,
  IconPackages,
  IconPrinter,
  IconStethoscope,
  IconTag,
  IconTags,
  IconUserStar,
} from "@tabler/icons-react";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { dateInWords } from "../../i18n/formats.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { openDialog, pageStore } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { openGoodsPage } from "../goods/goods-desk.ts";
import { openLabelsPage } from "../labels/labels-desk.ts";
import { useHealthText } from "../health/health-texts.ts";
import { useLabelsText } from "../labels/labels-texts.ts";
import { useReportsText } from "../reports/reports-texts.ts";
import { openStockPage } from "../stock/stock-desk.ts";
import { useStockText } from "../stock/stock-texts.ts";
import { dayAfter } from "./days.ts";
import { useManagerText } from "./manager-texts.ts";

/** The way back, and which day is looked at. Null is today, whatever day that becomes. */
export function ManagerBar(props: {
  readonly shownDate: string | null;
  readonly isToday: boolean;
  readonly onDate: (businessDate: string | null) => void;
  readonly onLeave: () => void;
}) {
  const { shownDate, isToday, onDate, onLeave } = props;
  const text = useManagerText();
  return (
    <header className="manager-head">
      <div className="manager-bar">
        <Press data-testid="manager-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("title")}</h1>
        <DayPicker shownDate={shownDate} isToday={isToday} onDate={onDate} />
      </div>
      <ManagerPages />
    </header>
  );
}

/** Where else a manager goes from here. */
function ManagerPages() {
  const text = useManagerText();
  const reportsText = useReportsText();
  const stockText = useStockText();
  const labelsText = useLabelsText();
  const healthText = useHealthText();
  const isManager = useFromSection("session", (session) => session?.role === "manager");
  const reconciliation = useSection("reconciliation");
  return (
    <nav className="manager-pages" aria-label={text("pages")}>
      <Press data-testid="manager-reports" onClick={() => pageStore.set("reports")}>
        <IconChartBar size={22} aria-hidden />
        {reportsText("open")}
      </Press>
      {reconciliation !== null && (
        <Press data-testid="manager-reconciliation" onClick={() => pageStore.set("reconciliation")}>
          <IconListCheck size={22} aria-hidden />
          {text("reconciliation")}
          {reconciliation.openCount > 0 && <span className="recon-badge figures">{reconciliation.openCount}</span>}
        </Press>
      )}
      <Press data-testid="manager-shifts" onClick={() => pageStore.set("shifts")}>
        <IconCashRegister size={22} aria-hidden />
        {text("shifts")}
      </Press>
      <Press data-testid="manager-goods" onClick={() => openGoodsPage()}>
        <IconTags size={22} aria-hidden />
        {text("goods")}
      </Press>
      <Press data-testid="manager-stock" onClick={openStockPage}>
        <IconPackages size={22} aria-hidden />
        {stockText("title")}
      </Press>
      <Press data-testid="manager-labels" onClick={openLabelsPage}>
        <IconTag size={22} aria-hidden />
        {labelsText("open")}
      </Press>
      <Press data-testid="manager-prints" onClick={() => openDialog({ kind: "prints" })}>
        <IconPrinter size={22} aria-hidden />
        {text("prints")}
      </Press>
      <Press data-testid="manager-members" onClick={() => pageStore.set("members")}>
        <IconUserStar size={22} aria-hidden />
        {text("members")}
      </Press>
      <Press data-testid="manager-promotions" onClick={() => pageStore.set("promotions")}>
        <IconDiscount size={22} aria-hidden />
        {text("promotions")}
      </Press>
      {isManager && (
        <Press data-testid="manager-health" onClick={() => pageStore.set("health")}>
          <IconStethoscope size={22} aria-hidden />
          {healthText("open")}
        </Press>
      )}
    </nav>
  );
}

function DayPicker({ shownDate, isToday, onDate }: Omit<Parameters<typeof ManagerBar>[0], "onLeave">) {
  const text = useManagerText();
  const locale = useLocale();
  const step = (days: number) => () => shownDate !== null && onDate(dayAfter(shownDate, days));
  return (
    <div className="manager-days">
      <Press aria-label={text("day.before")} data-testid="day-before" onClick={step(-1)}>
        <IconChevronLeft size={22} aria-hidden />
      </Press>
      <label className="manager-date figures">
        <IconCalendar size={20} aria-hidden />
        {shownDate === null ? "" : dateInWords(shownDate, locale)}
        <input
          type="date"
          data-testid="day-picker"
          aria-label={text("day")}
          value={shownDate ?? ""}
          onClick={(event) => event.currentTarget.showPicker()}
          onChange={(event) => onDate(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        />
      </label>
      <Press aria-label={text("day.after")} data-testid="day-after" disabled={isToday} onClick={step(1)}>
        <IconChevronRight size={22} aria-hidden />
      </Press>
      <Press data-testid="day-today" aria-pressed={isToday} disabled={isToday} onClick={() => onDate(null)}>
        {text("day.today")}
      </Press>
    </div>
  );
}
