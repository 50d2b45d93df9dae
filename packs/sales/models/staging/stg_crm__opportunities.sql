select
    opportunity_id,
    nullif(trim(sales_agent), '') as sales_agent_name,
    {{ name_key('product') }} as product_key,
    nullif(trim(account), '') as account_name,
    deal_stage,
    cast(engage_date as date) as engaged_on,
    cast(close_date as date) as closed_on,
    cast(close_value as decimal(18, 2)) as close_value
from {{ source('crm', 'opportunities') }}
