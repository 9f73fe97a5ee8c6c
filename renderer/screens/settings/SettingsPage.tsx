import "./settings.css";
import {
  IconActivity,
  IconAdjustments,
  IconArrowLeft,
  IconBrandWechat,
  IconBuildingStore,
  IconDatabaseExport,
  IconDeviceDesktop,
  IconFileExport,
  IconHistory,
  IconKeyboard,
  IconPlug,
  IconReceipt,
  IconSchool,
  IconShieldHalf,
  IconUsers,
} from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { Press } from "../../parts/Press.tsx";
import { useFromSection } from "../../till-client.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { wantsBackupsStore } from "./backup/backup-desk.ts";
import { BackupPage } from "./backup/BackupPage.tsx";
import { AuditPage } from "./audit/AuditPage.tsx";
import { DevicesPage } from "./devices/DevicesPage.tsx";
import { SelfTestPage } from "./devices/SelfTestPage.tsx";
import { FilesPage } from "./legacy-files/FilesPage.tsx";
import { LegacyPage } from "./legacy/LegacyPage.tsx";
import { OfficePage } from "./office/OfficePage.tsx";
import { PeoplePage } from "./people/PeoplePage.tsx";
import { RightsPage } from "./people/RightsPage.tsx";
import { TrainingPage } from "./training/TrainingPage.tsx";
import { KeysPage } from "./till/KeysPage.tsx";
import { ShopPage } from "./till/ShopPage.tsx";
import { TillPage } from "./till/TillPage.tsx";
import { useSettingsText } from "./settings-texts.ts";
import { WechatPage } from "./WechatPage.tsx";

type Concern =
  | "shop"
  | "till"
  | "keys"
  | "wechat"
  | "office"
  | "devices"
  | "self-test"
  | "people"
  | "rights"
  | "audit"
  | "backup"
  | "legacy"
  | "legacy-files"
  | "training";
/** A manager's alone. */
const managers: readonly Concern[] = [
  "shop",
  "till",
  "keys",
  "wechat",
  "office",
  "people",
  "rights",
  "audit",
  "backup",
  "legacy",
  "legacy-files",
  "training",
];

/** Settings: a list on the left, one concern a page. A cashier finds the devices there; main checks the role of all. */
export function SettingsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useSettingsText();
  const isManager = useFromSection("session", (session) => session?.role === "manager");
  const isTraining = useFromSection("shop", (shop) => shop.isTraining);
  const first = isTraining ? "training" : wantsBackupsStore.get() ? "backup" : "wechat";
  const [chosen, setConcern] = useState<Concern>(isManager ? first : "devices");
  // Said once: opened by themselves the settings begin with WeChat Pay again.
  useEffect(() => wantsBackupsStore.set(false), []);
  const concern = isManager || !managers.includes(chosen) ? chosen : "devices";
  const entry = (name: Concern, icon: ReactNode) => (
    <Press
      data-testid={`settings-${name}`}
      aria-current={concern === name ? "page" : undefined}
      onClick={() => setConcern(name)}
    >
      {icon}
      {text(`page.${name}`)}
    </Press>
  );
  return (
    <div className="settings" data-testid="settings">
      <header className="settings-bar">
        <Press data-testid="settings-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
        </Press>
        <h1>{text("title")}</h1>
      </header>
      <div className="settings-body">
        <nav className="settings-list" aria-label={text("pages")}>
          {isManager &&
            !isTraining &&
            entry("wechat", <IconBrandWechat size={24} className="settings-wechat-mark" aria-hidden />)}
          {isManager && !isTraining && entry("office", <IconBuildingStore size={24} aria-hidden />)}
          {isManager && entry("shop", <IconReceipt size={24} aria-hidden />)}
          {isManager && entry("till", <IconAdjustments size={24} aria-hidden />)}
          {isManager && entry("keys", <IconKeyboard size={24} aria-hidden />)}
          {isManager && entry("people", <IconUsers size={24} aria-hidden />)}
          {isManager && entry("rights", <IconShieldHalf size={24} aria-hidden />)}
          {isManager && entry("audit", <IconHistory size={24} aria-hidden />)}
          {isManager && !isTraining && entry("backup", <IconDatabaseExport size={24} aria-hidden />)}
          {isManager && !isTraining && entry("legacy", <IconDeviceDesktop size={24} aria-hidden />)}
          {isManager && !isTraining && entry("legacy-files", <IconFileExport size={24} aria-hidden />)}
          {isManager && entry("training", <IconSchool size={24} aria-hidden />)}
          {!isTraining && entry("devices", <IconPlug size={24} aria-hidden />)}
          {!isTraining && entry("self-test", <IconActivity size={24} aria-hidden />)}
        </nav>
        <div className="settings-page">
          <NoticeStrip />
          {concern === "wechat" && <WechatPage onLeave={onLeave} />}
          {concern === "office" && <OfficePage onLeave={onLeave} />}
          {concern === "shop" && <ShopPage onLeave={onLeave} />}
          {concern === "till" && <TillPage onLeave={onLeave} />}
          {concern === "keys" && <KeysPage onLeave={onLeave} />}
          {concern === "people" && <PeoplePage onLeave={onLeave} />}
          {concern === "rights" && <RightsPage onLeave={onLeave} />}
          {concern === "audit" && <AuditPage onLeave={onLeave} />}
          {concern === "backup" && <BackupPage onLeave={onLeave} />}
          {concern === "legacy-files" && <FilesPage onLeave={onLeave} />}
          {concern === "legacy" && <LegacyPage onLeave={onLeave} onDevices={() => setConcern("devices")} />}
          {concern === "training" && <TrainingPage onLeave={onLeave} />}
          {concern === "devices" && <DevicesPage onLeave={onLeave} onSelfTest={() => setConcern("self-test")} />}
          {concern === "self-test" && <SelfTestPage onLeave={() => setConcern("devices")} />}
        </div>
      </div>
    </div>
  );
}
