/** Whether a cart may be checked out. Pure. */
import type { MerchantCompany, Validations } from '@chirograph/generated/checkout/types';

export interface CartToCheck {
  readonly user_id: string;
  readonly merchant_id: string;
  /** Before any discount. */
  readonly cart_value: number;
  readonly campaign_code?: string | undefined;
  readonly delivery_pincode: string;
}

export interface Merchant {
  readonly name: string;
  readonly company: MerchantCompany;
  readonly isActive: boolean;
  readonly minimumOrderValue: number;
  /** Where it delivers to. */
  readonly pincodes: readonly string[];
}

export interface Campaign {
  readonly campaign_id: string;
  readonly discount: number;
  readonly isRunning: boolean;
  readonly minimumOrderValue: number;
}

/** What is known when the checks are made; undefined for what is not known. */
export interface Facts {
  readonly merchant: Merchant | undefined;
  readonly campaign: Campaign | undefined;
  /** Whether the user's identity is verified. */
  readonly isVerified: boolean;
}

/** What the user is offered when every check was passed. */
export interface Offer {
  readonly merchant_name: string;
  readonly merchant_company: MerchantCompany;
  readonly discount: number;
  readonly campaign_id?: string;
}

export interface Verdict {
  readonly validations: Validations;
  /** Undefined when a check was not passed. */
  readonly offer: Offer | undefined;
}

export function judge(cart: CartToCheck, { merchant, campaign, isVerified }: Facts): Verdict {
  const { cart_value, campaign_code, delivery_pincode } = cart;
  const validations: Validations = {
    // A cart that costs nothing could not be debited.
    min_order_value: merchant !== undefined && cart_value >= Math.max(1, merchant.minimumOrderValue),
    delivery_zone: merchant?.pincodes.includes(delivery_pincode) ?? false,
    campaign_eligible: campaign_code === undefined || isEligible(cart_value, campaign),
    user_kyc: isVerified,
    merchant_active: merchant?.isActive ?? false,
  };
  if (!merchant || Object.values(validations).includes(false)) return { validations, offer: undefined };
  const taken = campaign_code === undefined ? undefined : campaign;
  const offer = {
    merchant_name: merchant.name,
    merchant_company: merchant.company,
    discount: taken?.discount ?? 0,
    ...(taken ? { campaign_id: taken.campaign_id } : {}),
  };
  return { validations, offer };
}

/** A campaign takes off less than the cart is worth: something is left to be debited. */
function isEligible(cart_value: number, campaign: Campaign | undefined): boolean {
  return (
    campaign?.isRunning === true && cart_value >= campaign.minimumOrderValue && cart_value > campaign.discount
  );
}
