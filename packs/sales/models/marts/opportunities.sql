select
    opportunities.opportunity_id,
    opportunities.sales_agent_name,
    opportunities.product_key,
    opportunities.account_name,
    opportunities.deal_stage,
    opportunities.engaged_on,
    opportunities.closed_on,
    opportunities.close_value,
    case when opportunities.deal_stage in ('Prospecting', 'Engaging') then products.list_price end as open_value
from {{ ref('stg_crm__opportunities') }} as opportunities
left join {{ ref('stg_crm__products') }} as products
    on opportunities.product_key = products.product_key
