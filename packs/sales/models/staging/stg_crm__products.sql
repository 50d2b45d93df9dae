select
    {{ name_key('product') }} as product_key,
    trim(product) as product_name,
    trim(series) as series,
    cast(sales_price as decimal(18, 2)) as list_price
from {{ source('crm', 'products') }}
