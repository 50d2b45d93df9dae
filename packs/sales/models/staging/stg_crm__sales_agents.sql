select
    trim(sales_agent) as sales_agent_name,
    trim(manager) as manager_name,
    trim(regional_office) as regional_office
from {{ source('crm', 'sales_teams') }}
