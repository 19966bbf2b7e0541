echo deploy orders
