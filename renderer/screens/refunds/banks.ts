/**
 * The banks whose debit cards take a stuck refund, by the gateway's names of them (list of bank types; which of them:
 * create-abnormal-refund).
 */
export const banks = [
  { type: "ICBC_DEBIT", name: "icbc" },
  { type: "ABC_DEBIT", name: "abc" },
  { type: "CCB_DEBIT", name: "ccb" },
  { type: "BOC_DEBIT", name: "boc" },
  { type: "COMM_DEBIT", name: "comm" },
  { type: "PSBC_DEBIT", name: "psbc" },
  { type: "CMB_DEBIT", name: "cmb" },
  { type: "PAB_DEBIT", name: "pab" },
  { type: "SPDB_DEBIT", name: "spdb" },
  { type: "CITIC_DEBIT", name: "citic" },
  { type: "CEB_DEBIT", name: "ceb" },
  { type: "CMBC_DEBIT", name: "cmbc" },
  { type: "CIB_DEBIT", name: "cib" },
  { type: "GDB_DEBIT", name: "gdb" },
  { type: "NBCB_DEBIT", name: "nbcb" },
] as const;
