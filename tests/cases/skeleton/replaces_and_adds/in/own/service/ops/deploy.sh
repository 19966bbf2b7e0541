echo deploy <{ service.name }>
