select * from {{ ref('stg_crm__accounts') }}
