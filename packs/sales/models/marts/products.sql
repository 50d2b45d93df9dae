select * from {{ ref('stg_crm__products') }}
