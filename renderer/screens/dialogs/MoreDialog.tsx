import "./dialogs.css";
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconCashRegister,
  IconChartBar,
  IconDoorExit,
  IconLanguage,
  IconLock,
  IconLogout2,
  IconMoon,
  IconPackages,
  IconPlug,
  IconPrinter,
  IconSettings,
  IconReceiptRefund,
  IconSun,
  IconTrash,
  type Icon,
} from "@tabler/icons-react";
import { useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog, openDialog, pageStore } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { openStockPage } from "../stock/stock-desk.ts";
import { askVoidSale, reprintLast } from "../sale/sale-desk.ts";

interface Choice {
  readonly name: string;
  readonly icon: Icon;
  readonly words: string;
  readonly run: () => void;
}

/** F12: what is needed a few times a day. Each has its digit, the tenth 0. */
export function MoreDialog() {
  const text = useTillText();
  const choices = useChoices();
  const run = (choice: Choice | undefined): boolean => {
    if (choice === undefined) return false;
    closeDialog();
    choice.run();
    return true;
  };
  return (
    <Dialog
      title={text("more.title")}
      size="wide"
      testId="more"
      onClose={closeDialog}
      onKey={(event) => /^\d$/.test(event.key) && run(choices[(Number(event.key) + 9) % 10])}
    >
      <div className="choice-grid">
        {choices.map(({ icon: ChoiceIcon, ...choice }, index) => (
          <Press key={choice.name} data-testid={`more-${choice.name}`} onClick={() => run(choices[index])}>
            {index < 10 && <KeyCap>{String((index + 1) % 10)}</KeyCap>}
            <ChoiceIcon size={26} aria-hidden />
            {choice.words}
          </Press>
        ))}
      </div>
    </Dialog>
  );
}

function useChoices(): readonly Choice[] {
  const text = useTillText();
  const locale = useLocale();
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  const isManager = useFromSection("session", (session) => session?.role === "manager");
  const isTraining = useFromSection("shop", (shop) => shop.isTraining);
  const seesReports = useFromSection("session", (session) => session?.seesReports === true);
  const hasShift = useFromSection("shift", (shift) => shift !== null);
  const hasLines = useFromSection("sale", (sale) => sale.lines.length > 0);
  const hasLast = useFromSection("lastSales", (sales) => sales.length > 0);
  const other = scheme === "dark" ? "light" : "dark";

  const choices: (Choice | false)[] = [
    seesReports && {
      name: "manager",
      icon: IconChartBar,
      words: text("more.manager"),
      run: () => pageStore.set("manager"),
    },
    isManager && {
      name: "settings",
      icon: IconSettings,
      words: text("more.settings"),
      run: () => pageStore.set("settings"),
    },
    // The same page: what a cashier may see of it is main's to say.
    !isManager &&
      !isTraining && {
        name: "devices",
        icon: IconPlug,
        words: text("more.devices"),
        run: () => pageStore.set("settings"),
      },
    {
      name: "refunds",
      icon: IconReceiptRefund,
      words: text("more.refunds"),
      run: () => openDialog({ kind: "refunds" }),
    },
    hasLast && { name: "reprint", icon: IconPrinter, words: text("more.reprint"), run: () => void reprintLast() },
    {
      name: "language",
      icon: IconLanguage,
      words: text("more.language"),
      run: () => void act("set-locale", { locale: locale === "zh-CN" ? "en" : "zh-CN" }),
    },
    {
      name: "theme",
      icon: other === "dark" ? IconMoon : IconSun,
      words: text(`more.theme-${other}`),
      run: () => setColorScheme(other),
    },
    hasShift && hasLines && { name: "void-sale", icon: IconTrash, words: text("more.void-sale"), run: askVoidSale },
    hasShift && {
      name: "drawer",
      icon: IconCashRegister,
      words: text("more.drawer"),
      run: () => openDialog({ kind: "cash-move" }),
    },
    hasShift && {
      name: "close-shift",
      icon: IconDoorExit,
      words: text("more.close-shift"),
      run: () => openDialog({ kind: "close-shift" }),
    },
    { name: "stock", icon: IconPackages, words: text("more.stock"), run: openStockPage },
    { name: "lock", icon: IconLock, words: text("more.lock"), run: () => void act("lock-screen", {}) },
    { name: "sign-out", icon: IconLogout2, words: text("more.sign-out"), run: () => void act("sign-out", {}) },
  ];
  return choices.filter((choice) => choice !== false);
}
