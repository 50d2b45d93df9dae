select
    order_id,
    cast(ordered_on as date) as ordered_on,
    customer,
    region,
    cast(amount as decimal(18, 2)) as amount
from {{ source('shop', 'orders') }}
