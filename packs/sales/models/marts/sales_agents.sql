select * from {{ ref('stg_crm__sales_agents') }}
