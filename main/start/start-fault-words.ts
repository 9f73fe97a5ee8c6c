import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { GatewaySetupFault } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { ConfigFault } from "#main/settings/read-terminal-config.ts";
import type { StoreFault } from "#main/store/fault.ts";
import type { StartFault } from "#main/window/start-fault.ts";
import { diskWordsOf, type Words } from "./disk-words.ts";

export function configFaultWords(fault: ConfigFault): StartFault {
  return {
    titleZh: "设置文件 terminal.json 有误，收银机没有启动",
    titleEn: "terminal.json is wrong, so the till did not start",
    lines: [
      { zh: `请修改此文件后重新启动：${fault.file}`, en: `Correct this file and start again: ${fault.file}` },
      ...fault.problems.map(({ path, zh, en }) => (path === "" ? { zh, en } : { zh, en, code: path })),
    ],
  };
}

export function storeFaultWords(fault: StoreFault): StartFault {
  return {
    titleZh: "收银数据无法打开，收银机没有启动",
    titleEn: "The till's data cannot be opened, so the till did not start",
    lines: [{ ...storeSentence(fault), code: fault.path }],
    isForRestore: fault.kind === "damaged",
  };
}

/** The till's own folder cannot be used: no part of the till has been opened. */
export function homeFaultWords(folder: string, code: string): StartFault {
  const words = diskWordsOf(code) ?? {
    zh: `无法写入：${code}。请检查硬盘和权限后重新启动；数据没有改动。`,
    en: `Cannot be written: ${code}. Check the disk and its permissions and start again; nothing was changed.`,
  };
  return {
    titleZh: "收银数据目录无法写入，收银机没有启动",
    titleEn: "The till's data directory cannot be written, so the till did not start",
    lines: [{ ...words, code: folder }],
  };
}

/** Anything else that stops a start: the sentence of whoever noticed it, or what a refusing disk means. */
export function otherFaultWords(cause: unknown): StartFault {
  const disk = cause instanceof Error && "code" in cause ? diskWordsOf(String(cause.code)) : null;
  if (disk !== null) {
    const path = cause instanceof Error && "path" in cause ? { code: String(cause.path) } : {};
    return { titleZh: "收银机没有启动", titleEn: "The till did not start", lines: [{ ...disk, ...path }] };
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return {
    titleZh: "收银机没有启动",
    titleEn: "The till did not start",
    lines: [
      {
        zh: `原因：${why}。数据没有改动；日志在数据目录的 logs 中。`,
        en: `${why}. No data was changed; the log is in the data directory, under logs.`,
      },
    ],
  };
}

/** A key file that is not there, or that this user may not read. */
export function unreadableKeyWords(file: string, why: string): StartFault {
  return keyFaultWords(file, { zh: `无法读取：${why}`, en: `cannot be read: ${why}` });
}

export function gatewayFaultWords(wechatPay: WechatPayConfig, fault: GatewaySetupFault): StartFault {
  if (fault.kind === "key-file") return keyFaultWords(wechatPay[fault.key], keyProblems[fault.problem]);
  if (fault.kind === "secret-file") {
    const file = wechatPay[fault.key];
    const words = fault.problem === "wrong-length" ? wrongLengths[fault.key] : secretProblems[fault.problem];
    // Without a file there is nothing to name but the key of terminal.json that should name one.
    return keyFaultWords(file === "" ? `wechatPay.${fault.key}` : file, words);
  }
  const got = wechatPay[fault.key] ?? "";
  return {
    titleZh: "微信支付地址有误，收银机没有启动",
    titleEn: "The WeChat Pay address is wrong, so the till did not start",
    lines: [
      {
        code: `wechatPay.${fault.key}`,
        zh: `应为 https:// 加主机名，不带路径；现在是 ${got}`,
        en: `expected https:// and a host without a path, got ${got}`,
      },
    ],
  };
}

type SecretFault = Extract<GatewaySetupFault, { kind: "secret-file" }>;

const secretProblems: { readonly [P in Exclude<SecretFault["problem"], "wrong-length">]: Words } = {
  missing: { zh: "没有填写，而这样设置时需要它", en: "is not set, and this configuration needs it" },
  "not-a-certificate": { zh: "不是商户 API 证书（PEM）", en: "is not a merchant API certificate (PEM)" },
  "not-rsa-2048": { zh: "不是 2048 位 RSA 证书", en: "is not a certificate of a 2048-bit RSA key" },
  "another-serial": {
    zh: "证书序列号与 certSerial 不一致",
    en: "has another serial than certSerial says",
  },
  "another-key": { zh: "与商户私钥不是一对", en: "does not belong to the merchant private key" },
  expired: { zh: "证书已过期；请在商户平台更换", en: "has expired; renew it on the merchant platform" },
  "not-yet-valid": { zh: "证书尚未生效；请检查本机时间", en: "is not valid yet; check this machine's clock" },
};

const wrongLengths: { readonly [K in SecretFault["key"]]: Words } = {
  certificateFile: secretProblems["not-a-certificate"],
  apiV3KeyFile: { zh: "APIv3 密钥应为 32 个字节", en: "must hold an APIv3 key of exactly 32 bytes" },
  v2KeyFile: { zh: "API v2 密钥应为 32 位字母或数字", en: "must hold an API v2 key of 32 letters and digits" },
};

type KeyProblem = Extract<GatewaySetupFault, { kind: "key-file" }>["problem"];

const keyProblems: { readonly [P in KeyProblem]: { readonly zh: string; readonly en: string } } = {
  "not-a-private-key": { zh: "不是商户私钥（PEM）", en: "is not a merchant private key (PEM)" },
  "not-a-public-key": { zh: "不是微信支付公钥（PEM）", en: "is not the gateway's public key (PEM)" },
  "has-a-passphrase": { zh: "私钥带有密码；请换成不带密码的", en: "is locked with a passphrase; use one without" },
  damaged: { zh: "内容损坏", en: "is damaged" },
  "not-rsa": { zh: "不是 RSA 密钥", en: "is not an RSA key" },
  "not-2048-bits": { zh: "不是 2048 位", en: "is not 2048 bits long" },
  "is-the-merchants-own": {
    zh: "是商户自己的公钥，应为微信支付的公钥",
    en: "is the merchant's own public key, not the gateway's",
  },
};

function keyFaultWords(file: string, problem: { readonly zh: string; readonly en: string }): StartFault {
  return {
    titleZh: "微信支付密钥有误，收银机没有启动",
    titleEn: "A WeChat Pay key is wrong, so the till did not start",
    lines: [
      { code: file, ...problem },
      {
        zh: "请换上正确的文件；若要先用现金收款，请从 terminal.json 中去掉 wechatPay。",
        en: "Put the right file in place. To sell for cash meanwhile, take wechatPay out of terminal.json.",
      },
    ],
  };
}

function storeSentence(fault: StoreFault): { readonly zh: string; readonly en: string } {
  switch (fault.kind) {
    case "not-ours":
      return fault.what === "terminal"
        ? {
            zh: `这些数据属于收银机 ${fault.found}，而 terminal.json 写的是 ${fault.expected}。请改正 terminalId，或换一个数据目录。`,
            en: `This data belongs to terminal ${fault.found}, but terminal.json says ${fault.expected}. Correct terminalId or use another data directory.`,
          }
        : {
            zh: "这个文件不是本程序的数据，没有动它。请换一个数据目录。",
            en: "This file is not Tillway's and was left alone. Use another data directory.",
          };
    case "newer-version":
      return {
        zh: `数据由更新的版本写成（${fault.found}，本程序认识到 ${fault.newestKnown}）。请安装新版本，数据没有改动。`,
        en: `The data was written by a newer version (${fault.found}; this one knows ${fault.newestKnown}). Install the newer version; nothing was changed.`,
      };
    case "damaged":
      return {
        zh: `数据文件损坏，或硬盘读不出来：${fault.detail}。请重启电脑再试；若还是这样，请保留此文件并恢复备份。`,
        en: `The data file is damaged, or the disk cannot read it: ${fault.detail}. Restart the computer and try again; if that does not help, keep the file and restore a backup.`,
      };
    case "unwritable":
      return (
        diskWordsOf(fault.code) ?? {
          zh: `无法写入（${fault.code}）。请检查硬盘空间和权限，然后重新启动；已完成的销售都在。`,
          en: `Cannot be written (${fault.code}). Check disk space and permissions and start again; finished sales are safe.`,
        }
      );
  }
}
