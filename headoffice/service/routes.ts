import { adminRoutes } from "../admin/admin-routes.ts";
import { carriedRoutes } from "../carried/carried-routes.ts";
import { payRoutes } from "../carried/pay-routes.ts";
import { agreementRoutes } from "../journal/agreement-routes.ts";
import { enrolmentRoutes } from "../enrolment/enrolment-routes.ts";
import { feedRoutes } from "../feed/feed-routes.ts";
import { heldRoutes } from "../held/held-routes.ts";
import { journalRoutes } from "../journal/journal-routes.ts";
import type { OfficeRoutes } from "../office.ts";
import { pageRoutes } from "../page/page-routes.ts";
import { askRefundRoutes, officeRefundRoutes } from "../refunds/refund-routes.ts";
import { fromRelayRoutes } from "../relay/from-relay-routes.ts";

/** Every part of the service that answers requests, each in a scope of its own. */
export const officeRoutes: readonly OfficeRoutes[] = [
  enrolmentRoutes,
  journalRoutes,
  agreementRoutes,
  feedRoutes,
  heldRoutes,
  carriedRoutes,
  payRoutes,
  fromRelayRoutes,
  askRefundRoutes(false),
  officeRefundRoutes,
  adminRoutes,
  pageRoutes,
];
